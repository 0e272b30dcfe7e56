package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which user federation an identity provider shares its accounts with. */
@ExtendWith(SharedServers.class)
class BrokerFederationChoiceIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;

    BrokerFederationChoiceIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @Test
    void a_federation_of_another_site_is_not_looked_at() {
        try (var realm = realm(Map.of())) {
            var elsewhere = simulator.addSite(Site.builder());
            realm.addProvider("elsewhere", elsewhere, Map.of());

            var id = realm.signIn("elsewhere", elsewhere, elsewhere.add(BrokeredRealm.person("stranger")))
                    .subject();

            assertThat(federationOf(realm, id)).isEmpty();
        }
    }

    @Test
    void a_disabled_federation_is_not_looked_at() {
        try (var realm = realm(Map.of("enabled", "false"))) {
            var id = realm.signIn(realm.realm().site().add(BrokeredRealm.person("alone")))
                    .subject();

            assertThat(federationOf(realm, id)).isEmpty();
        }
    }

    @Test
    void a_federation_of_the_same_site_group_has_the_same_users() {
        try (var realm = realm(Map.of())) {
            var site = realm.realm().site();
            var member = simulator.addSite(Site.builder().inGroupOf(site));
            realm.realm().configure(Map.of("siteGroupApiKeys", member.apiKey()));
            realm.addProvider("member", member, Map.of());
            var account = site.add(BrokeredRealm.person("grouped"));
            var imported = realm.realm().signIn(account).subject();

            assertThat(realm.signIn("member", member, account).subject()).isEqualTo(imported);
        }
    }

    @Test
    void an_editor_of_identity_providers_brings_no_site_of_their_own_to_the_users_of_a_federation() {
        try (var realm = realm(Map.of())) {
            var site = realm.realm().site();
            var victim = site.add(BrokeredRealm.person("victim"));
            var imported = realm.realm().signIn(victim).subject();
            var foreign = simulator.addSite(Site.builder());
            var namesake = foreign.add(BrokeredRealm.person("intruder").uid(victim.uid()));

            realm.addProvider("foreign", foreign, Map.of("siteGroupApiKeys", site.apiKey()));
            assertRefused(realm, "foreign", foreign, namesake);

            realm.configure(Map.of("siteGroupApiKeys", foreign.apiKey()));
            assertRefused(realm, BrokeredRealm.ALIAS, foreign, namesake);
            assertThat(realm.realm().users()).hasSize(1);
            realm.configure(Map.of("siteGroupApiKeys", ""));
            assertThat(realm.signIn(victim).subject()).isEqualTo(imported);
        }
    }

    @Test
    void a_federation_with_the_same_api_key_goes_before_one_of_the_group() {
        try (var realm = realm(Map.of())) {
            var site = realm.realm().site();
            var member = simulator.addSite(Site.builder().inGroupOf(site));
            realm.realm().addFederation("a member", member, Map.of("siteGroupApiKeys", site.apiKey()));

            var id = realm.signIn(site.add(BrokeredRealm.person("exact"))).subject();

            assertThat(federationOf(realm, id)).isEqualTo(realm.realm().componentId());
        }
    }

    @Test
    void between_two_federations_with_the_same_accounts_nobody_signs_in() {
        try (var realm = realm(Map.of())) {
            realm.realm().addFederation("twin", realm.realm().site());
            var account = realm.realm().site().add(BrokeredRealm.person("torn"));

            assertRefused(realm, BrokeredRealm.ALIAS, realm.realm().site(), account);
            assertThat(realm.realm().users()).isEmpty();
        }
    }

    private static void assertRefused(BrokeredRealm realm, String alias, Site site, Account account) {
        var visitor = realm.realm().visit(Map.of("kc_idp_hint", alias));
        var page = visitor.post(realm.realm().simulator().accountToken(site, account, visitor.audience()));

        assertThat(visitor.login().isDone(page)).isFalse();
        assertThat(realm.newestError()).isEqualTo("gigya_misconfigured");
    }

    private BrokeredRealm realm(Map<String, String> federation) {
        return BrokeredRealm.withFederation(keycloak, simulator, federation, Map.of());
    }

    private static String federationOf(BrokeredRealm realm, String userId) {
        return new UserAdmin(realm.realm()).byId(userId).path("federationLink").asText();
    }
}
