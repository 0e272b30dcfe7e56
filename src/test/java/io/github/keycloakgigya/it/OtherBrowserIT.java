package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody brings a proof into another browser, another window or another login than the one that it was made for. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherBrowserIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    OtherBrowserIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_a_realm() {
        attacked = AttackedRealm.create(keycloak, simulator);
    }

    @AfterAll
    void delete_the_realm() {
        attacked.close();
    }

    @Test
    void a_token_made_for_another_browsers_page_is_refused() {
        var attacker = attacked.realm().visit();
        var victim = attacked.realm().visit();

        attacked.attempt(victim, attacked.goodProof(attacked.attacker(), attacker))
                .wasRefused(Refusal.PROOF_INVALID);
    }

    @Test
    void a_form_that_points_at_the_victims_login_gets_nobody_in_with_the_attackers_cookies() {
        var victim = attacked.realm().visit();
        var attacker = attacked.realm().visit();
        var form = attacked.goodProof(attacked.victim(), victim);

        attacked.attempt(attacker, form, () -> attacker.browser().post(action(victim), form))
                .gotNowhere();

        assertThat(attacked.realm().events())
                .noneMatch(event -> event.path("type").asText().equals("LOGIN"));
        // The page that it was stolen from still stands open, and its owner gets in.
        victim.login().finish(victim.post(form));
    }

    @Test
    void a_form_that_points_at_the_attackers_login_gets_nobody_in_with_the_victims_cookies() {
        var victim = attacked.realm().visit();
        var attacker = attacked.realm().visit();
        var form = attacked.goodProof(attacked.attacker(), attacker);

        attacked.attempt(victim, form, () -> victim.browser().post(action(attacker), form))
                .gotNowhere();
    }

    @Test
    void a_form_without_any_cookie_gets_nobody_in() {
        var victim = attacked.realm().visit();
        var nobody = attacked.realm().visit();
        var form = attacked.goodProof(attacked.victim(), victim);
        List.of("AUTH_SESSION_ID", "KC_AUTH_SESSION_HASH", "KC_RESTART")
                .forEach(nobody.browser().cookies()::remove);

        attacked.attempt(nobody, form, () -> nobody.browser().post(action(victim), form))
                .gotNowhere();
    }

    @Test
    void a_token_made_for_one_window_is_refused_in_another_of_the_same_browser() {
        var first = attacked.realm().visit();
        var second = attacked.realm().visit(first.browser());
        var form = attacked.goodProof(attacked.bystander(), first);

        attacked.attempt(second, form).wasRefused(Refusal.PROOF_INVALID);

        // It was refused unused, so it is still good where it belongs.
        first.login().finish(first.post(form));
    }

    @Test
    void a_form_with_a_made_up_session_code_gets_nobody_in() {
        var visitor = attacked.realm().visit();
        var form = attacked.goodProof(attacked.bystander(), visitor);
        var action = action(visitor).toString();
        assertThat(action).contains("session_code=");
        var forged = URI.create(action.replaceFirst("session_code=[^&]*", "session_code=" + "A".repeat(43)));

        attacked.attempt(visitor, form, () -> visitor.browser().post(forged, form))
                .gotNowhere();
    }

    @Test
    void a_form_with_a_session_code_that_was_used_gets_nobody_in() {
        var visitor = attacked.realm().visit();
        visitor.post(SignatureForgery.FOREIGN_KEY.forgedBy(Forger.at(visitor, attacked)));

        attacked.attempt(visitor, attacked.goodProof(attacked.bystander(), visitor))
                .gotNowhere();
    }

    @Test
    void a_form_with_another_logins_session_code_gets_nobody_in() {
        var visitor = attacked.realm().visit();
        var other = attacked.realm().visit();
        var form = attacked.goodProof(attacked.bystander(), visitor);
        var foreign = action(other).toString().replaceFirst(".*(session_code=[^&]*).*", "$1");
        var forged = URI.create(action(visitor).toString().replaceFirst("session_code=[^&]*", foreign));

        attacked.attempt(visitor, form, () -> visitor.browser().post(forged, form))
                .gotNowhere();
    }

    @Test
    void a_login_that_was_started_over_takes_no_token_made_before() {
        var visitor = attacked.realm().visit();
        var form = attacked.goodProof(attacked.bystander(), visitor);
        var restart = action(visitor)
                .toString()
                .replace("/login-actions/authenticate?", "/login-actions/restart?")
                .replaceFirst("session_code=[^&]*&", "");

        var again = visitor.on(visitor.browser().open(URI.create(restart)));

        assertThat(again.audience()).isNotBlank().isNotEqualTo(visitor.audience());
        attacked.attempt(again, form).wasRefused(Refusal.PROOF_INVALID).canBeRetried(attacked);
    }

    @Test
    void reloading_the_page_keeps_its_login() {
        var visitor = attacked.realm().visit();
        var refresh = URI.create(GigyaPage.of(visitor.page()).settings().get("refresh-url"));

        var again = visitor.on(visitor.browser().open(visitor.page().address().resolve(refresh)));

        assertThat(again.audience()).isEqualTo(visitor.audience());
    }

    @Test
    void whoever_has_to_sign_in_again_can_not_become_another() {
        var visitor = attacked.realm().visit();
        visitor.login().finish(visitor.post(attacked.goodProof(attacked.bystander(), visitor)));
        var again = Visitor.open(attacked.realm(), visitor.browser(), Map.of("prompt", "login"));
        var before = RealmState.of(attacked.realm());
        attacked.realm().admin().clearEvents(attacked.realm().name());

        var answer = again.post(attacked.goodProof(attacked.victim(), again));

        assertThat(again.login().isDone(answer)).isFalse();
        assertThat(answer.text()).contains("You chose a different account than before.");
        assertThat(attacked.realm().events())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.at("/details/gigya_error").asText()).isEqualTo("proof_invalid"));
        assertThat(RealmState.of(attacked.realm())).isEqualTo(before);
    }

    private static URI action(Visitor visitor) {
        return GigyaPage.of(visitor.page()).action();
    }
}
