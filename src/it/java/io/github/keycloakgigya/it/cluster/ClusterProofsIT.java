package io.github.keycloakgigya.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.AtOnce;
import io.github.keycloakgigya.it.OnlyInFullBuild;
import io.github.keycloakgigya.it.realm.App;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Entrant;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.GoodProof;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Site;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Proofs that are posted to two nodes, and people who arrive at both. */
@OnlyInFullBuild
@ExtendWith(SharedCluster.class)
class ClusterProofsIT {

    private static final int RACES = 100;
    private static final int NEWCOMERS = 10;
    private static final String GET_JWT = "accounts.getJWT";

    private final Cluster cluster;

    ClusterProofsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATOR", "IDENTITY_PROVIDER", "DIRECT_GRANT"})
    void of_two_who_show_one_proof_to_both_nodes_at_once_one_gets_in(Door door) throws Exception {
        try (var attacked = open(door)) {
            var account = attacked.bystander();
            // Each node fetches the keys once.
            for (var node : List.of(cluster.first(), cluster.second())) {
                var first = enter(attacked, cluster.at(node));
                first.tokens(first.post(attacked.goodProof(account, first)));
            }
            var sessions = sessionsOf(attacked.realm());
            cluster.simulator().calls().reset();
            attacked.realm().admin().clearEvents(attacked.realm().name());

            for (int race = 1; race <= RACES; race++) {
                var one = enter(attacked, cluster.at(cluster.first()));
                var other = enter(attacked, cluster.at(cluster.second()));
                var proof = attacked.goodProof(account, one);

                var answers = AtOnce.run(List.<Callable<Page>>of(() -> one.post(proof), () -> other.post(proof)));

                assertThat(List.of(isLetIn(one, answers.get(0)), isLetIn(other, answers.get(1))))
                        .as("who got in, in race %d", race)
                        .containsExactlyInAnyOrder(true, false);
            }

            assertThat(sessionsOf(attacked.realm()) - sessions).isEqualTo(RACES);
            assertThat(cluster.simulator().calls().counts())
                    .as("the loser costs no call")
                    .isEqualTo(Map.of(GET_JWT, RACES));
            assertThat(attacked.realm().events())
                    .filteredOn(
                            event -> event.at("/details/gigya_error").asText().equals("proof_replayed"))
                    .hasSize(RACES);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHENTICATOR", "IDENTITY_PROVIDER", "DIRECT_GRANT"})
    void what_was_used_on_one_node_is_used_up_on_the_other(Door door) {
        try (var attacked = open(door)) {
            var one = enter(attacked, cluster.at(cluster.second()));
            var proof = attacked.goodProof(attacked.bystander(), one);
            one.tokens(one.post(proof));

            var other = enter(attacked, cluster.at(cluster.first()));
            attacked.attempt(other, proof).wasRefused(Refusal.PROOF_REPLAYED);
        }
    }

    @Test
    void a_form_that_a_restless_load_balancer_sends_to_both_nodes_at_once_opens_one_session() throws Exception {
        try (var realm = GigyaRealm.create(cluster.first(), cluster.simulator())) {
            var account = realm.site().add(BrokeredRealm.person("restless"));
            realm.signIn(account);
            var sessions = sessionsOf(realm);

            for (int race = 1; race <= RACES / 4; race++) {
                var visitor = realm.visit(cluster.alternating());
                var form = Form.of("id_token", realm.proofOf(account, visitor.audience()));
                var request = visitor.browser()
                        .request(visitor.action())
                        .header("Content-Type", Form.CONTENT_TYPE)
                        .POST(BodyPublishers.ofString(form.encoded()))
                        .build();
                var nodes = List.of(cluster.at(cluster.first()), cluster.at(cluster.second()));

                var answers = AtOnce.run(nodes.stream()
                        .map(node -> (Callable<Page>) () -> node.once(request))
                        .toList());

                assertThat(answers.stream().filter(visitor.login()::isDone))
                        .as("codes for the client, in race %d", race)
                        .hasSize(1);
            }

            assertThat(sessionsOf(realm) - sessions).isEqualTo(RACES / 4);
        }
    }

    @Test
    void people_who_arrive_at_both_nodes_at_once_for_the_first_time_become_one_user_each() throws Exception {
        try (var realm = GigyaRealm.create(cluster.first(), cluster.simulator())) {
            for (int newcomer = 0; newcomer < NEWCOMERS; newcomer++) {
                var account = realm.site().add(BrokeredRealm.person("federated" + newcomer));
                var signIns = new ArrayList<Callable<String>>();
                for (var node : List.of(cluster.first(), cluster.second())) {
                    var visitor = realm.visit(cluster.at(node));
                    signIns.add(() -> visitor.signIn(account).subject());
                }

                assertThat(new HashSet<>(AtOnce.run(signIns))).hasSize(1);
            }

            assertThat(usersOf(realm)).isEqualTo(NEWCOMERS);
        }
    }

    @Test
    void the_identity_provider_makes_one_user_of_them_as_well() throws Exception {
        try (var brokered = BrokeredRealm.create(cluster.first(), cluster.simulator(), Map.of())) {
            var realm = brokered.realm();
            var accounts = new ArrayList<Account>();
            for (int newcomer = 0; newcomer < NEWCOMERS; newcomer++) {
                var account = realm.site().add(BrokeredRealm.person("brokered" + newcomer));
                accounts.add(account);
                var visitors = List.of(
                        brokered.visit(cluster.at(cluster.first())), brokered.visit(cluster.at(cluster.second())));

                var pages = AtOnce.run(visitors.stream()
                        .map(visitor -> (Callable<Page>) () -> visitor.post(realm.proofOf(account, visitor.audience())))
                        .toList());

                assertThat(pages).extracting(Page::status).allMatch(status -> status < 500);
                assertThat(pages)
                        .as("what newcomer %d got at either node", newcomer)
                        .anyMatch(visitors.get(0).login()::isDone);
            }

            assertThat(usersOf(realm)).isEqualTo(NEWCOMERS);
            assertThat(linksOf(realm)).isEqualTo(NEWCOMERS);
            // Whoever lost the race reads an error of Keycloak's first broker login, and is one sign-in away.
            for (var account : accounts) {
                brokered.signIn(account);
            }
            assertThat(usersOf(realm)).isEqualTo(NEWCOMERS);
        }
    }

    private AttackedRealm open(Door door) {
        var proof = door.hasPage() ? GoodProof.SIGN_IN_TOKEN : GoodProof.BOUND_TOKEN;
        var simulator = cluster.simulator();
        return door.open(cluster.first(), simulator, simulator.addSite(Site.builder()), proof);
    }

    private static Entrant enter(AttackedRealm attacked, HttpBrowser browser) {
        return attacked.door().hasPage()
                ? attacked.visit(attacked.realm().login(browser))
                : ((App) attacked.enter()).through(browser);
    }

    private static boolean isLetIn(Entrant entrant, Page answer) {
        return entrant instanceof Visitor visitor ? visitor.login().isDone(answer) : answer.status() == 200;
    }

    private long sessionsOf(GigyaRealm realm) {
        return cluster.database()
                .number("select count(*) from offline_user_session where offline_flag = '0' and realm_id = "
                        + idOf(realm));
    }

    private long usersOf(GigyaRealm realm) {
        return cluster.database().number("select count(*) from user_entity where realm_id = " + idOf(realm));
    }

    private long linksOf(GigyaRealm realm) {
        return cluster.database().number("select count(*) from federated_identity where realm_id = " + idOf(realm));
    }

    private static String idOf(GigyaRealm realm) {
        return "(select id from realm where name = '" + realm.name() + "')";
    }
}
