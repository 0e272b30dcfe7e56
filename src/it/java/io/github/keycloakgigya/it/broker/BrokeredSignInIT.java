package io.github.keycloakgigya.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person signs in with the identity provider. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokeredSignInIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private BrokeredRealm realm;

    BrokeredSignInIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        realm = BrokeredRealm.create(keycloak, simulator, Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    @Test
    void the_first_sign_in_creates_a_user_who_is_linked_to_the_account() {
        var account = account("maria");

        var tokens = realm.signIn(account);

        var user = realm.realm().userOf(account);
        assertThat(user.path("id").asText()).isEqualTo(tokens.subject());
        assertThat(user.path("username").asText()).isEqualTo("maria@example.com");
        assertThat(user.path("email").asText()).isEqualTo("maria@example.com");
        assertThat(user.path("emailVerified").asBoolean()).isTrue();
        assertThat(user.path("firstName").asText()).isEqualTo("Maria");
        assertThat(user.path("lastName").asText()).isEqualTo("Example");
        assertThat(realm.linksOf(tokens.subject())).singleElement().satisfies(link -> {
            assertThat(link.path("identityProvider").asText()).isEqualTo(BrokeredRealm.ALIAS);
            assertThat(link.path("userId").asText()).isEqualTo(account.uid());
        });
    }

    @Test
    void a_warm_sign_in_finds_the_same_user_with_one_call_to_gigya() {
        var account = account("warm");
        var first = realm.signIn(account);
        simulator.calls().reset();

        var second = realm.signIn(account);

        assertThat(second.subject()).isEqualTo(first.subject());
        assertThat(simulator.calls().counts()).isEqualTo(Map.of("accounts.getJWT", 1));
    }

    @Test
    void a_warm_sign_in_reads_nothing_about_the_user_from_the_database() {
        var account = account("cached");
        realm.signIn(account);
        realm.signIn(account);

        var statements = keycloak.sql().statementsDuring(() -> realm.signIn(account));

        assertThat(statements)
                .isNotEmpty()
                .noneMatch(statement -> statement.tables().contains("USER_ENTITY"));
    }

    @Test
    void an_address_that_gigya_has_not_verified_is_not_the_persons() {
        var account = realm.realm()
                .site()
                .add(Account.builder()
                        .profile("email", "unverified@example.com")
                        .profile("firstName", "Una")
                        .profile("lastName", "Example"));

        var id = realm.signIn(account).subject();

        var user = new UserAdmin(realm.realm()).byId(id);
        assertThat(user.has("email")).isFalse();
        assertThat(user.path("username").asText()).isEqualToIgnoringCase(account.uid());
    }

    @Test
    void who_cancels_is_back_at_the_login_page() {
        var visitor = realm.visit();

        var page = visitor.post(Form.of("cancel", "true"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.has("form#kc-form-login")).isTrue();
        assertThat(page.text()).doesNotContain("denied");
    }

    @Test
    void the_page_can_be_reloaded_and_keeps_the_login() {
        var visitor = realm.visit();
        var audience = visitor.audience();

        var again = visitor.on(visitor.reload());

        assertThat(again.audience()).isEqualTo(audience);
        again.signIn(account("reloading"));
    }

    @Test
    void the_login_event_says_whose_account_signed_in() {
        var account = account("noted");
        realm.signIn(account);
        realm.signIn(account);

        assertThat(realm.realm().events())
                .filteredOn(event -> event.at("/details/gigya_uid").asText().equals(account.uid()))
                .extracting(event -> event.path("type").asText())
                .contains("LOGIN");
    }

    @Test
    void a_failure_returns_to_the_login_page_with_a_text_and_one_event() {
        var visitor = realm.visit();
        realm.realm().admin().clearEvents(realm.realm().name());

        var page = visitor.post("not.a.token");

        assertThat(page.text()).contains(Refusal.PROOF_INVALID.message());
        assertThat(page.has("form#kc-form-login")).isTrue();
        assertThat(realm.realm().events()).singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo("IDENTITY_PROVIDER_LOGIN_ERROR");
            assertThat(event.at("/details/gigya_error").asText()).isEqualTo("proof_invalid");
            assertThat(event.at("/details/identity_provider").asText()).isEqualTo(BrokeredRealm.ALIAS);
        });
    }

    @Test
    void a_session_can_not_be_renewed_with_another_account() {
        var visitor = realm.visit();
        visitor.signIn(account("renewing"));
        var other = account("stranger");
        var again = Visitor.open(
                realm.realm(), visitor.browser(), Map.of("kc_idp_hint", BrokeredRealm.ALIAS, "prompt", "login"));

        var page = again.post(realm.realm().proofOf(other, again.audience()));

        assertThat(page.text()).contains("You chose a different account than before");
        assertThat(realm.realm().users())
                .extracting(user -> user.path("username").asText())
                .doesNotContain("stranger@example.com");
        assertThat(realm.realm().events())
                .filteredOn(event -> event.at("/details/gigya_uid").asText().equals(other.uid()))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.at("/details/gigya_error").asText()).isEqualTo("proof_invalid"));
    }

    @Test
    void the_secret_is_masked_wherever_an_administrator_looks() {
        var provider = realm.realm().admin().get(realm.path()).succeeded().body();

        assertThat(provider.at("/config/clientSecret").asText()).isEqualTo("**********");
    }

    private Account account(String name) {
        return realm.realm()
                .site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .password("correct horse")
                        .profile("firstName", name.substring(0, 1).toUpperCase() + name.substring(1))
                        .profile("lastName", "Example")
                        .data("interests", List.of("sailing", "chess")));
    }
}
