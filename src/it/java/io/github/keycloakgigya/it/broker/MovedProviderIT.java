package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.RealmAdministrator;
import io.github.keycloakgigya.it.realm.RealmState;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody who may edit identity providers, and nothing else, moves one to a site of their own, in which they choose UIDs
 * and addresses. A federation's users are not to be had by that.
 */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class MovedProviderIT {

    private static final String NOT_LED = "does not lead to users of the user federation gigya";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;
    private UserAdmin users;
    private RealmAdministrator editor;
    private Site site;
    private Site ofEditor;

    MovedProviderIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeEach
    void create_a_realm() {
        realm = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of("syncMode", "FORCE"));
        users = new UserAdmin(realm.realm());
        users.allowPasswords();
        editor = RealmAdministrator.create(users, realm.realm(), "editor", "manage-identity-providers", "en");
        site = realm.realm().site();
        ofEditor = simulator.addSite(Site.builder());
    }

    @AfterEach
    void delete_the_realm() {
        realm.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void who_once_used_the_provider_is_out_of_reach_until_it_is_moved_back(String importEnabled) {
        realm.realm().setFederation("importEnabled", importEnabled);
        var victim = site.add(BrokeredRealm.person("victim"));
        var id = realm.signIn(victim).subject();
        move(ofEditor);
        long start = keycloak.log().end();

        refused(ofEditor.add(BrokeredRealm.person("intruder").uid(victim.uid())));

        assertThat(keycloak.log().warningsSince(start)).anyMatch(warning -> warning.contains(NOT_LED));
        move(site);
        assertThat(realm.signIn(victim).subject()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void who_never_used_it_is_offered_to_nobody_of_the_same_address(String importEnabled) {
        realm.realm().setFederation("importEnabled", importEnabled);
        linkWithoutAsking();
        var victim = site.add(BrokeredRealm.person("victim"));
        var id = realm.realm().signIn(victim).subject();
        move(ofEditor);

        refused(ofEditor.add(BrokeredRealm.person("victim").uid(victim.uid())));

        assertThat(realm.linksOf(id)).isEmpty();
        move(site);
        assertThat(realm.signIn(victim).subject()).isEqualTo(id);
    }

    @Test
    void a_user_name_that_keycloak_makes_later_leads_to_nobody_either() {
        linkWithoutAsking();
        realm.realm().configure(Map.of("usernameField", "profile.nickname"));
        var victim = site.add(BrokeredRealm.person("victim").profile("nickname", "vicky"));
        var id = realm.realm().signIn(victim).subject();
        move(ofEditor);
        realm.addMapper("gigya-username-mapper", Map.of("template", "${profile.nickname}"));
        var before = RealmState.of(realm.realm());
        var intruder = ofEditor.add(BrokeredRealm.person("intruder").profile("nickname", "vicky"));

        var visitor = realm.visit();
        var page = visitor.post(simulator.accountToken(ofEditor, intruder, visitor.audience()));

        visitor.isStillOutside(page);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains(Refusal.ACCOUNT_CONFLICT.message());
        assertThat(realm.linksOf(id)).isEmpty();
        assertThat(RealmState.of(realm.realm())).isEqualTo(before);
    }

    @Test
    void a_signed_in_user_of_the_federation_links_no_account_of_another_site() {
        var visitor = realm.realm().visit();
        var id = visitor.signIn(site.add(BrokeredRealm.person("victim"))).subject();
        move(ofEditor);
        var foreign = ofEditor.add(BrokeredRealm.person("foreign"));

        var linking = realm.visitToLink(visitor.browser());
        simulator.signIn(ofEditor, foreign);
        var page = linking.post(simulator.accountToken(ofEditor, foreign, linking.audience()));

        assertThat(page.text()).contains("You chose a different account than before");
        assertThat(realm.linksOf(id)).isEmpty();
        assertThat(realm.newestError()).isEqualTo("account_conflict");
    }

    @Test
    void a_link_to_the_user_of_another_federation_signs_nobody_in() {
        var neighbour = simulator.addSite(Site.builder());
        neighbour.add(BrokeredRealm.person("neighbour"));
        realm.realm().addFederation("neighbour", neighbour);
        realm.realm().setStep(Map.of("federationProvider", "gigya"));
        var id = users.imported("neighbour@example.com");
        var account = site.add(BrokeredRealm.person("account"));
        realm.addLink(id, account);

        var visitor = realm.visit();
        var page = visitor.post(realm.realm().proofOf(account, visitor.audience()));

        visitor.isStillOutside(page);
        assertThat(realm.newestError()).isEqualTo("account_conflict");
    }

    @Test
    void a_sign_out_does_not_tell_the_editors_site_whose_it_is() {
        var victim = site.add(BrokeredRealm.person("victim"));
        var id = realm.signIn(victim).subject();
        move(ofEditor);
        long start = keycloak.log().end();
        simulator.calls().reset();

        realm.realm()
                .admin()
                .post(users.path("users/" + id + "/logout"), Json.parse("{}"))
                .succeeded();

        await().untilAsserted(() ->
                assertThat(keycloak.log().warningsSince(start)).anyMatch(warning -> warning.contains(NOT_LED)));
        assertThat(simulator.calls().count("accounts.logout")).isZero();
    }

    @Test
    void users_who_are_no_federations_follow_their_links_as_keycloak_has_it() {
        var account = site.add(BrokeredRealm.person("linked"));
        var local = users.addLocal("linked", "linked@example.org", true);
        realm.addLink(local, account);
        move(ofEditor);

        var visitor = realm.visit();
        var twin = ofEditor.add(BrokeredRealm.person("twin").uid(account.uid()));
        var page = visitor.post(simulator.accountToken(ofEditor, twin, visitor.audience()));

        assertThat(visitor.tokens(page).subject()).isEqualTo(local);
    }

    private void refused(Account account) {
        var visitor = realm.visit();
        var before = RealmState.of(realm.realm());

        var page = visitor.post(simulator.accountToken(ofEditor, account, visitor.audience()));

        visitor.isStillOutside(page);
        assertThat(page.text()).contains(Refusal.ACCOUNT_CONFLICT.message());
        assertThat(realm.newestError()).isEqualTo("account_conflict");
        assertThat(RealmState.of(realm.realm())).isEqualTo(before);
    }

    private void move(Site to) {
        var provider =
                (ObjectNode) Json.parse(editor.send("GET", realm.path(), "").body());
        BrokeredRealm.set(provider, Map.of("clientId", to.apiKey(), "clientSecret", to.partnerSecret()));

        var answer = editor.send("PUT", realm.path(), provider.toString());

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    // Keycloak then takes a known name or address for a proof: the worst that a realm can do.
    private void linkWithoutAsking() {
        var admin = realm.realm().admin();
        var flows = users.path("authentication/flows");
        admin.post(flows, Json.parse("""
                {"alias": "trusting", "providerId": "basic-flow", "topLevel": true, "builtIn": false}""")).succeeded();
        var executions = flows + "/trusting/executions";
        for (var step : new String[] {"idp-create-user-if-unique", "idp-auto-link"}) {
            admin.post(executions + "/execution", Json.parse("{\"provider\": \"%s\"}".formatted(step)))
                    .succeeded();
        }
        for (JsonNode execution : admin.get(executions).succeeded().body()) {
            admin.put(executions, ((ObjectNode) execution).put("requirement", "ALTERNATIVE"))
                    .succeeded();
        }
        realm.configure(Map.of("$firstBrokerLoginFlowAlias", "\"trusting\""));
    }
}
