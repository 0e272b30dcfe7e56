package io.github.keycloakgigya.it.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.Outage;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.NamedAttempt;
import io.github.keycloakgigya.it.realm.PasswordForm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.ServerLog;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Gigya does not answer a look-up: nobody reads that a name is unknown, and whom Keycloak knows gets in. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LookUpOutageIT {

    private static final String SEARCH = "accounts.search";
    private static final String UNAVAILABLE = "The sign-in service cannot be reached at the moment.";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private final GigyaSimulator shared;
    private GigyaRealm realm;
    private UserAdmin users;

    LookUpOutageIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.shared = simulator;
        this.gigya = simulator.startSibling();
    }

    @BeforeAll
    void create_a_realm() {
        realm = PasswordForm.realm(keycloak, gigya, Map.of());
        users = new UserAdmin(realm);
        users.allowPasswords();
    }

    @AfterEach
    void end_faults() {
        gigya.faults().clear();
    }

    @AfterAll
    void stop() {
        realm.close();
        gigya.close();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HUGE_ANSWER")
    void a_direct_grant_is_told_soon_that_the_service_is_unavailable(Outage outage) {
        outage.begin(gigya.faults(), SEARCH);

        var attempt = inTime(() -> NamedAttempt.of(realm, "somebody@example.com"));

        assertThat(attempt.page().status()).isEqualTo(503);
        assertThat(Json.parse(attempt.page().body()).path("error").asText()).isEqualTo("temporarily_unavailable");
        assertThat(attempt.event().at("/details/gigya_error").asText()).isEqualTo("gigya_unavailable");
        assertThat(attempt.event().has("userId")).isFalse();
    }

    @Test
    void a_person_at_the_password_form_reads_that_the_service_is_unavailable() {
        gigya.faults().refuseConnections();
        realm.admin().clearEvents(realm.name());

        var page = new PasswordForm(realm).post("somebody@example.com", "password");

        assertThat(page.status()).isEqualTo(503);
        assertThat(page.text()).contains(UNAVAILABLE).doesNotContain("Invalid username or password");
        assertThat(realm.events()).hasSize(1);
        assertThat(realm.events().get(0).path("error").asText()).isEqualTo("identity_provider_error");
        gigya.faults().clear();
        assertThat(new PasswordForm(realm)
                        .post("somebody@example.com", "password")
                        .text())
                .contains("Invalid username or password");
    }

    @Test
    void an_outage_is_not_remembered_as_an_unknown_name() {
        realm.site().add(Account.builder().verifiedEmail("later@example.com"));
        gigya.faults().refuseConnections();
        NamedAttempt.of(realm, "later@example.com");
        gigya.faults().clear();

        assertThat(NamedAttempt.of(realm, "later@example.com")
                        .event()
                        .path("userId")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void nobody_who_is_looked_up_leaves_a_stack_trace_in_the_log() {
        var name = "nobody.logged@example.com";
        try (var two = PasswordForm.realm(keycloak, gigya, Map.of("priority", "0"))) {
            new UserAdmin(two).allowPasswords();
            two.addFederation(
                    "later", shared.addSite(Site.builder()), Map.of("priority", "10", "apiDomain", shared.apiDomain()));
            gigya.faults().refuseConnections();
            long begun = keycloak.log().end();

            NamedAttempt.of(two, name).knowsNobody();
            NamedAttempt.of(realm, name);
            new PasswordForm(realm).post(name, "password");
            realm.admin().users(realm.name(), Map.of("email", name, "exact", "true"));

            assertThat(keycloak.log().entriesSince(begun))
                    .allSatisfy(entry -> assertThat(entry.message()).doesNotContain("\n\tat "))
                    .extracting(ServerLog.Entry::message)
                    .filteredOn(message -> message.contains("UnansweredSearchException"))
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void settings_that_gigya_refuses_are_not_called_an_outage() {
        gigya.faults().on(SEARCH, Fault.errorCode(403003));

        var attempt = NamedAttempt.of(realm, "misconfigured@example.com");

        assertThat(attempt.event().at("/details/gigya_error").asText()).isEqualTo("gigya_misconfigured");
        assertThat(attempt.event().at("/details/gigya_error_code").asText()).isEqualTo("403003");
    }

    @Test
    void a_local_user_signs_in_even_where_the_name_looks_like_an_address() {
        users.addLocal("plain", "plain@example.com", true);
        users.addLocal("odd@name", "odd@example.com", true);
        gigya.faults().refuseConnections();

        assertThat(users.password("plain", "local password").status()).isEqualTo(200);
        assertThat(users.password("plain@example.com", "local password").status())
                .isEqualTo(200);
        assertThat(users.password("odd@name", "local password").status()).isEqualTo(200);
    }

    @Test
    void users_of_a_federation_that_comes_later_are_found() {
        var other = shared.addSite(Site.builder());
        other.add(Account.builder().verifiedEmail("elsewhere@example.com"));
        try (var two = PasswordForm.realm(keycloak, gigya, Map.of("priority", "0"))) {
            new UserAdmin(two).allowPasswords();
            two.addFederation("later", other, Map.of("priority", "10", "apiDomain", shared.apiDomain()));
            gigya.faults().refuseConnections();

            var attempt = NamedAttempt.of(two, "elsewhere@example.com");

            assertThat(attempt.event().path("userId").asText()).isNotEmpty();
        }
    }

    @Test
    void an_administrators_list_shows_the_users_whom_keycloak_holds() {
        users.addLocal("listed", "listed@example.com", true);
        gigya.faults().refuseConnections();

        var listed = realm.admin().users(realm.name(), Map.of("search", "listed"));

        assertThat(listed).hasSize(1);
    }

    private static NamedAttempt inTime(Supplier<NamedAttempt> attempt) {
        // Once more where the machine itself stood still: an outage takes its time every time.
        var limit = Duration.ofSeconds(3);
        var first = attempt.get();
        var taken = first.took().compareTo(limit) < 0 ? first : attempt.get();
        assertThat(taken.took()).isLessThan(limit);
        return taken;
    }
}
