package io.github.keycloakgigya.it.leaving;

import static io.github.keycloakgigya.it.leaving.LeavingRealm.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Refusal;
import io.github.keycloakgigya.it.realm.RefusedSignIn;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The flow of the realm file for people who have left and for those who have not. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingFlowIT {

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private LeavingRealm leaving;

    LeavingFlowIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_the_realm() {
        leaving = LeavingRealm.create(keycloak, simulator, Map.of("existingUserPolicy", "linkVerifiedEmail"));
    }

    @AfterAll
    void delete_the_realm() {
        leaving.close();
    }

    @Test
    void whoever_has_not_left_gets_gigyas_page_and_no_name_tells_whether_anybody_has_it() {
        var account = leaving.person("ben");
        var newcomer = leaving.realm().site().add(BrokeredRealm.person("nora"));
        simulator.calls().reset();

        var known = leaving.named(leaving.realm().visit(), email("ben"));
        var unknown = leaving.named(leaving.realm().visit(), email("nobody"));

        assertThat(GigyaPage.isOn(known.page())).isTrue();
        assertThat(GigyaPage.isOn(unknown.page())).isTrue();
        assertThat(unknown.page().text()).isEqualTo(known.page().text());
        assertThat(typed(unknown.page())).isEqualTo(email("nobody"));
        assertThat(typed(known.page())).isEqualTo(email("ben"));
        assertThat(unknown.page().status()).isEqualTo(known.page().status());
        assertThat(simulator.calls().counts())
                .as("who exists at Gigya is not asked either")
                .isEmpty();
        assertThat(leaving.atGigya(known, account).subject()).isEqualTo(leaving.idOf(account));
        assertThat(leaving.atGigya(unknown, newcomer).subject()).isEqualTo(leaving.idOf(newcomer));
        // A name is no claim: who signs in at Gigya is in, whatever was typed before.
        var another = leaving.named(leaving.realm().visit(), email("ben"));
        assertThat(leaving.atGigya(another, newcomer).subject()).isEqualTo(leaving.idOf(newcomer));
    }

    @Test
    void forgot_password_in_the_midst_of_a_login_tells_nobody_who_exists() {
        leaving.person("rita");
        leaving.users().changeRealm("{\"resetPasswordAllowed\": true}");

        var known = afterForgotPassword(email("rita"));
        var unknown = afterForgotPassword(email("nobody"));

        assertThat(known.has("#username")).as("the form for a name").isTrue();
        assertThat(unknown.has("#username")).isTrue();
        assertThat(known.text()).isEqualTo(unknown.text());
    }

    /** {@return what the login shows that was left for "Forgot password"} */
    private Page afterForgotPassword(String name) {
        var visitor = leaving.realm().visit();
        var login = visitor.page()
                .formAction("#kc-form-login")
                .toString()
                .replaceAll("(?<=[?&])(session_code|execution)=[^&]*&", "");
        var reset = visitor.browser().open(URI.create(login.replace("/authenticate?", "/reset-credentials?")));
        visitor.browser().post(reset.formAction("#kc-reset-password-form"), Form.of("username", name));
        return visitor.browser().open(URI.create(login));
    }

    @Test
    void who_mistyped_the_name_goes_back_and_types_the_password() {
        var account = leaving.person("finn");
        leaving.keepPassword(leaving.idOf(account));
        leaving.release(leaving.idOf(account));
        var mistyped = leaving.named(leaving.realm().visit(), email("fin"));
        assertThat(GigyaPage.isOn(mistyped.page())).isTrue();

        var again = mistyped.on(mistyped.browser().open(restart(mistyped.page())));

        var named = leaving.named(again, email("finn"));
        assertThat(GigyaPage.isOn(named.page())).isFalse();
        var done = named.browser()
                .post(named.page().formAction("#kc-form-login"), Form.of("password", LeavingRealm.PASSWORD));
        assertThat(named.login().finish(done).subject()).isEqualTo(leaving.idOf(account));
    }

    @Test
    void who_has_left_in_the_midst_of_a_sign_in_at_gigya_is_told_so_and_becomes_no_second_user() {
        var account = leaving.person("dora");
        var id = leaving.idOf(account);
        leaving.keepPassword(id);
        var visitor = leaving.named(leaving.realm().visit(), email("dora"));
        leaving.release(id);
        account.setProfile("firstName", "Theodora");
        simulator.calls().reset();

        var answer = visitor.post(leaving.realm().proofOf(account, visitor.audience()));

        assertThat(answer.text()).contains(Refusal.ACCOUNT_RELEASED.message());
        assertThat(leaving.users().byId(id).path("firstName").asText()).isEqualTo("Dora");
        assertThat(leaving.users().byId(id).has("federationLink")).isFalse();
        assertThat(leaving.realm().userOf(account).path("id").asText()).isEqualTo(id);
    }

    @Test
    void a_sign_in_by_gigya_alone_says_so_whatever_the_account_says_meanwhile() {
        try (var plain = LeavingRealm.create(keycloak, simulator, Map.of())) {
            var account = plain.person("eve");
            var id = plain.idOf(account);
            plain.keepPassword(id);
            plain.release(id);
            plain.users().changeRealm("{\"browserFlow\": \"browser\"}");
            account.setProfile("email", "changed@example.com");
            var flow = plain.realm().admin().post(plain.users().path("authentication/flows"), Json.parse("""
                            {"alias": "gigya alone", "providerId": "basic-flow", "topLevel": true, "builtIn": false}"""));
            flow.succeeded();
            plain.realm()
                    .admin()
                    .post(
                            plain.users().path("authentication/flows/gigya%20alone/executions/execution"),
                            Json.parse("{\"provider\": \"gigya-login\", \"requirement\": \"REQUIRED\"}"))
                    .succeeded();
            require(plain);
            plain.users().changeRealm("{\"browserFlow\": \"gigya alone\"}");

            var refused = RefusedSignIn.of(plain.realm(), account);

            assertThat(refused.error()).isEqualTo("account_released");
            assertThat(refused.text()).contains(Refusal.ACCOUNT_RELEASED.message());
            assertThat(refused.event().path("userId").asText()).isEqualTo(id);
            assertThat(plain.realm().users()).hasSize(1);
            // Nor does a look-up make one.
            assertThat(plain.users().byUsername("changed@example.com")).isEmpty();
        }
    }

    private static String typed(Page page) {
        return page.html().selectFirst("#kc-attempted-username").val();
    }

    /** {@return where the button leads by which a login begins anew} */
    private static URI restart(Page page) {
        var click = page.html().selectFirst("#reset-login").attr("onclick");
        return page.address().resolve(click.substring(click.indexOf('\'') + 1, click.lastIndexOf('\'')));
    }

    private static void require(LeavingRealm plain) {
        var path = plain.users().path("authentication/flows/gigya%20alone/executions");
        var execution = (com.fasterxml.jackson.databind.node.ObjectNode)
                plain.realm().admin().get(path).succeeded().body().get(0);
        plain.realm()
                .admin()
                .put(path, execution.put("requirement", "REQUIRED"))
                .succeeded();
    }
}
