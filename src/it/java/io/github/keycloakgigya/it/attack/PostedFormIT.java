package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody posts what no page of ours would post. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostedFormIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private AttackedRealm attacked;

    PostedFormIT(KeycloakServer keycloak, GigyaSimulator simulator) {
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

    private static Form tokens(String first, String second) {
        return Form.of("id_token", first).and("id_token", second);
    }

    @Test
    void a_token_in_the_address_is_not_taken() {
        var visitor = attacked.realm().visit();
        var form = goodToken(visitor);
        var address = URI.create(GigyaPage.of(visitor.page()).action() + "&" + form.encoded());

        attacked.attempt(visitor, form, () -> visitor.browser().open(address)).gotNowhere();
        attacked.attempt(visitor, form, () -> visitor.browser().post(address, Form.empty()))
                .gotNowhere();
    }

    @Test
    void a_megabyte_does_not_get_past_keycloak() {
        var visitor = attacked.realm().visit();

        var attempt = attacked.attempt(visitor, Form.of("id_token", "a".repeat(1 << 20)))
                .gotNowhere();

        // Keycloak takes 128 KiB a parameter, and answers a larger one before any step is asked.
        assertThat(attempt.answer().status()).isEqualTo(413);
        assertThat(attempt.answer().text()).contains("We are sorry");
        visitor.login().finish(visitor.post(attacked.goodProof(attacked.bystander(), visitor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "application/xml", "multipart/form-data; boundary=x"})
    void a_body_that_is_no_form_gets_nobody_in(String contentType) {
        var visitor = attacked.realm().visit();
        var form = goodToken(visitor);
        var action = GigyaPage.of(visitor.page()).action();
        var body = "{\"id_token\":\"" + form.parameters().get(0).getValue() + "\"}";

        attacked.attempt(visitor, form, () -> visitor.browser().post(action, contentType, body))
                .gotNowhere();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"id_token=%", "id_token=%zz", "id_token=%00", "id_token", "=", "&&&", "id_token=a&id_token"})
    void a_malformed_form_gets_nobody_in(String body) {
        var visitor = attacked.realm().visit();
        var action = GigyaPage.of(visitor.page()).action();

        attacked.attempt(visitor, Form.empty(), () -> visitor.browser().post(action, Form.CONTENT_TYPE, body))
                .gotNowhere();
    }

    @Test
    void what_the_address_says_is_shown_as_text_and_not_as_markup() {
        var markup = "\"><script>alert(1)</script><x y='";

        var page = attacked.realm()
                .visit(Map.of("login_hint", markup, "ui_locales", markup, "kc_locale", markup))
                .page();

        assertThat(page.body()).doesNotContain("<script>alert(1)");
        assertThat(page.data("#gigya")).containsEntry("login-hint", markup);
        assertThat(page.data("#gigya").get("lang")).matches("[a-z]{2}");
    }

    private Form goodToken(Visitor visitor) {
        return attacked.goodProof(attacked.victim(), visitor);
    }
}
