package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.OpenIdRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.OpenIdClient.Subjects;
import io.github.keycloakgigya.simulator.Site;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who does not get in with the importer, and what they and the administrator read. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountImporterRefusalIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private final Site site;

    AccountImporterRefusalIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
        this.site = simulator.addSite(Site.builder());
    }

    @AfterEach
    void end_all_faults() {
        simulator.faults().clear();
    }

    @Test
    void another_sites_token_is_no_proof_even_where_the_uid_is_known() {
        var other = simulator.addSite(Site.builder());
        var account = account(site);
        other.add(Account.builder().uid(account.uid()));

        try (var realm = realm(other, Subjects.PUBLIC, Map.of(), Map.of())) {
            assertRefused(realm, other, other.account(account.uid()).orElseThrow(), Refusal.PROOF_INVALID);
        }
    }

    @Test
    void a_site_of_the_group_is_accepted_only_where_it_is_named() {
        var sibling = simulator.addSite(Site.builder().inGroupOf(site));
        var account = account(site);

        try (var realm = realm(sibling, Subjects.PUBLIC, Map.of(), Map.of())) {
            assertRefused(realm, sibling, account, Refusal.PROOF_INVALID);
            realm.brokered().configure(Map.of("siteGroupApiKeys", sibling.apiKey()));
            var login = realm.realm().login();
            login.finish(realm.arrive(login, sibling, account));
        }
    }

    @Test
    void an_issuer_that_keycloak_is_not_told_to_check_is_checked_all_the_same() {
        var other = simulator.addSite(Site.builder());

        try (var realm = realm(other, Subjects.PUBLIC, Map.of("issuer", ""), Map.of())) {
            assertRefused(realm, other, account(other), Refusal.PROOF_INVALID);
        }
    }

    @Test
    void a_provider_that_does_not_validate_signatures_proves_nothing() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of(), Map.of())) {
            realm.configureProvider(Map.of("validateSignature", "false"));

            assertRefused(realm, site, account(site), Refusal.GIGYA_MISCONFIGURED);
        }
    }

    @Test
    void a_subject_that_is_no_uid_stands_for_no_account() {
        try (var realm = realm(site, Subjects.PAIRWISE, Map.of(), Map.of())) {
            var event = assertRefused(realm, site, account(site), Refusal.ACCOUNT_NOT_FOUND);
            assertThat(event).contains("gigya_error_code");
        }
    }

    @Test
    void a_source_that_is_missing_or_disabled_is_a_misconfiguration() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of(), Map.of())) {
            realm.brokered().configure(Map.of("$enabled", "false"));
            assertRefused(realm, site, account(site), Refusal.GIGYA_MISCONFIGURED);
            realm.realm().admin().delete(realm.brokered().path()).succeeded();
            assertRefused(realm, site, account(site), Refusal.GIGYA_MISCONFIGURED);
        }
    }

    @Test
    void what_can_not_work_is_refused_when_it_is_saved() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of(), Map.of())) {
            assertNotSaved(realm.changeMapper(Map.of("source", "")), "The setting “Settings of the site” is required");
            assertNotSaved(realm.changeMapper(Map.of("source", "nowhere")), "nowhere");
            assertNotSaved(
                    realm.changeMapper(Map.of("fieldMappings", "[{\"key\":\"UID\",\"value\":\"gigya.uid\"}]")),
                    "gigya.uid");
            assertNotSaved(realm.addMapper(Map.of()), "has a Gigya account importer already");
            realm.configureProvider(Map.of("validateSignature", "false"));
            assertNotSaved(realm.changeMapper(Map.of()), "does not validate signatures");
            realm.configureProvider(Map.of("validateSignature", "true"));

            realm.signIn(account(site));
        }
    }

    @Test
    void an_outage_of_gigya_lets_nobody_in_and_the_next_attempt_works() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of(), Map.of())) {
            var account = account(site);
            long start = keycloak.log().end();
            simulator.faults().on("accounts.getJWT", Fault.httpStatus(503));
            assertRefused(realm, site, account, Refusal.GIGYA_UNAVAILABLE);
            assertThat(keycloak.log().warningsSince(start))
                    .anyMatch(warning ->
                            warning.startsWith("Gigya gave no usable answer for a mapper of the identity provider"));
            simulator.faults().clear();

            realm.signIn(account);

            simulator.faults().on("accounts.getJWT", Fault.silent());
            var login = realm.realm().login();
            assertThat(realm.arrive(login, site, account).text()).contains(Refusal.GIGYA_UNAVAILABLE.message());
        }
    }

    @Test
    void an_account_that_is_disabled_or_deleted_while_its_owner_is_on_the_way_does_not_get_in() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of(), Map.of())) {
            var disabled = account(site);
            simulator.faults().onceOn("oidc.op.token", Fault.after(() -> disabled.setActive(false), Fault.none()));
            assertRefused(realm, site, disabled, Refusal.ACCOUNT_DISABLED);
            var deleted = account(site);
            simulator.faults().onceOn("oidc.op.token", Fault.after(() -> site.delete(deleted), Fault.none()));
            assertRefused(realm, site, deleted, Refusal.ACCOUNT_NOT_FOUND);
        }
    }

    @Test
    void a_changed_address_that_is_another_users_is_refused() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of("syncMode", "FORCE"), Map.of())) {
            var account = account(site);
            realm.signIn(account);
            new UserAdmin(realm.realm()).addLocal("owner", "owner-" + account.uid() + "@example.com", true);
            account.moveTo("owner-" + account.uid() + "@example.com");

            assertRefused(realm, site, account, Refusal.ACCOUNT_CONFLICT);
        }
    }

    @Test
    void an_address_that_is_another_users_name_is_refused_at_the_first_sign_in_and_later() {
        var mappings = """
                [{"key":"UID","value":"username"},{"key":"profile.email","value":"email"},
                 {"key":"profile.firstName","value":"firstName"},{"key":"profile.lastName","value":"lastName"}]""";
        try (var realm = realm(site, Subjects.PUBLIC, Map.of("syncMode", "FORCE"), Map.of("fieldMappings", mappings))) {
            var users = new UserAdmin(realm.realm());
            var account = account(site);
            var name = account.uid().toLowerCase(Locale.ROOT) + "@example.com";
            var victim = users.addLocal(name, "private@example.org", true);
            assertRefused(realm, site, account, Refusal.ACCOUNT_CONFLICT);

            account.moveTo("first@example.org");
            realm.signIn(account);
            account.moveTo(name);
            assertRefused(realm, site, account, Refusal.ACCOUNT_CONFLICT);
            assertThat(users.byId(victim).path("username").asText()).isEqualTo(name);
        }
    }

    @Test
    void a_federations_user_is_brought_nothing_of_a_site_that_the_federation_does_not_name() {
        var owner = simulator.addSite(Site.builder());
        var victim = owner.add(BrokeredRealm.person("owned"));

        try (var realm = realm(site, Subjects.PUBLIC, Map.of("syncMode", "FORCE"), Map.of())) {
            realm.realm().addFederation("owner", owner);
            var users = new UserAdmin(realm.realm());
            var id = users.byUsername("owned@example.com")
                    .orElseThrow()
                    .path("id")
                    .asText();
            var namesake = site.add(Account.builder().uid(victim.uid()).profile("firstName", "Mallory"));
            link(realm, id, victim).succeeded();

            assertRefused(realm, site, namesake, Refusal.ACCOUNT_CONFLICT);

            realm.realm().admin().delete(linkPath(realm, id)).succeeded();
            var alike = site.add(BrokeredRealm.person("owned"));
            assertRefused(realm, site, alike, Refusal.ACCOUNT_CONFLICT);
        }
    }

    @Test
    void a_federations_user_of_the_same_site_gets_in_with_the_own_account_only() {
        try (var realm = realm(site, Subjects.PUBLIC, Map.of("syncMode", "FORCE"), Map.of())) {
            realm.realm().addFederation("owner", site);
            var account = account(site);
            var users = new UserAdmin(realm.realm());
            var id = users.imported(account.uid() + "@example.com");
            link(realm, id, account).succeeded();
            assertThat(realm.signIn(account).subject()).isEqualTo(id);

            realm.realm().admin().delete(linkPath(realm, id)).succeeded();
            var other = account(site);
            link(realm, id, other).succeeded();
            assertRefused(realm, site, other, Refusal.ACCOUNT_CONFLICT);
        }
    }

    private static AdminAnswer link(OpenIdRealm realm, String userId, Account account) {
        return realm.realm().admin().post(linkPath(realm, userId), Json.parse("""
                {"userId": "%s", "userName": "linked"}""".formatted(account.uid())));
    }

    private static String linkPath(OpenIdRealm realm, String userId) {
        return "realms/" + realm.realm().name() + "/users/" + userId + "/federated-identity/" + OpenIdRealm.ALIAS;
    }

    private OpenIdRealm realm(
            Site issuing, Subjects subjects, Map<String, String> provider, Map<String, String> mapper) {
        return OpenIdRealm.create(keycloak, simulator, site, issuing, subjects, provider, mapper);
    }

    private static Account account(Site of) {
        var builder = Account.builder();
        var account = of.add(builder.profile("firstName", "Ann").profile("lastName", "Example"));
        account.addVerifiedEmail(account.uid() + "@example.com");
        account.setProfile("email", account.uid() + "@example.com");
        return account;
    }

    private static void assertNotSaved(AdminAnswer answer, String why) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().toString()).contains(why);
    }

    /** {@return the one event} */
    private static String assertRefused(OpenIdRealm realm, Site issuing, Account account, Refusal refusal) {
        var login = realm.realm().login();
        var before = realm.users();
        realm.realm().admin().clearEvents(realm.realm().name());

        var page = realm.arrive(login, issuing, account);

        assertThat(page.text()).contains(refusal.message());
        assertThat(page.has("form#kc-form-login")).as("the login page").isTrue();
        assertThat(login.browser().cookies().value("KEYCLOAK_IDENTITY")).isEmpty();
        assertThat(realm.users()).as("users").isEqualTo(before);
        var events = realm.realm().events();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("IDENTITY_PROVIDER_LOGIN_ERROR");
            assertThat(event.at("/details/gigya_error").asText()).isEqualTo(refusal.code());
            assertThat(event.at("/details/identity_provider").asText()).isEqualTo(OpenIdRealm.ALIAS);
        });
        return events.get(0).toString();
    }
}
