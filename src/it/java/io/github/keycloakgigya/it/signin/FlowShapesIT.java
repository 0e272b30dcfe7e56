package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.models.utils.HmacOTP;
import org.keycloak.models.utils.TimeBasedOTP;

/** The step "Gigya login" at every place of a browser flow where an administrator may put it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowShapesIT {

    private static final String COOKIE =
            "{\"authenticator\": \"auth-cookie\", \"requirement\": \"ALTERNATIVE\", \"priority\": 10}";
    private static final String GIGYA =
            "{\"authenticator\": \"gigya-login\", \"requirement\": \"%s\", \"priority\": %d}";
    private static final String PASSWORD =
            "{\"authenticator\": \"auth-username-password-form\", \"requirement\": \"REQUIRED\", \"priority\": 10}";
    private static final String USERNAME =
            "{\"authenticator\": \"auth-username-form\", \"requirement\": \"REQUIRED\", \"priority\": 10}";
    private static final String OTP =
            "{\"authenticator\": \"auth-otp-form\", \"requirement\": \"REQUIRED\", \"priority\": 20}";
    private static final String LEVEL_ONE =
            "{\"authenticatorFlow\": true, \"flowAlias\": \"level one\", \"requirement\": \"CONDITIONAL\", \"priority\": 10}";
    private static final String LEVEL_ONE_FLOW = flow(
                    "level one",
                    "{\"authenticator\": \"conditional-level-of-authentication\", \"requirement\": \"REQUIRED\", \"priority\": 10}",
                    GIGYA.formatted("REQUIRED", 20))
            .replace("\"topLevel\": true", "\"topLevel\": false");
    private static final Map<String, String> LEVEL = Map.of("acr_values", "1");
    private static final String SUB_FLOW =
            "{\"authenticatorFlow\": true, \"flowAlias\": \"forms\", \"requirement\": \"ALTERNATIVE\", \"priority\": %d}";

    private final KeycloakServer keycloak;
    private final GigyaSimulator simulator;
    private GigyaRealm gigyaThenPassword;
    private GigyaRealm withOtp;

    FlowShapesIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        this.keycloak = keycloak;
        this.simulator = simulator;
    }

    @BeforeAll
    void create_the_realms() {
        gigyaThenPassword = realm(
                flow("gigya browser", COOKIE, GIGYA.formatted("ALTERNATIVE", 20), SUB_FLOW.formatted(30)),
                subFlow(PASSWORD));
        withOtp = realm(
                flow("gigya browser", COOKIE, SUB_FLOW.formatted(20)), subFlow(GIGYA.formatted("REQUIRED", 10), OTP));
        for (var realm : new GigyaRealm[] {gigyaThenPassword, withOtp}) {
            realm.admin()
                    .post("realms/" + realm.name() + "/users", Json.parse("""
                    {"username": "local", "email": "local@example.com", "enabled": true, "firstName": "Lo", "lastName": "Cal",
                     "credentials": [{"type": "password", "value": "local password"}]}"""))
                    .succeeded();
        }
    }

    @AfterAll
    void delete_the_realms() {
        gigyaThenPassword.close();
        withOtp.close();
    }

    @Test
    void as_the_only_and_required_step() {
        try (var alone = realm(flow("gigya browser", GIGYA.formatted("REQUIRED", 10)))) {
            var account = account(alone, "alone");

            assertThat(uidIn(alone.signIn(account))).isEqualTo(account.uid());
        }
    }

    @Test
    void first_of_two_alternatives() {
        var account = account(gigyaThenPassword, "first");

        assertThat(uidIn(gigyaThenPassword.signIn(account))).isEqualTo(account.uid());
    }

    @Test
    void the_password_form_is_reached_from_the_gigya_page() {
        var visitor = gigyaThenPassword.visit();
        var form = visitor.on(choose(visitor, visitor.page(), "Username and password"));

        assertThat(passwordSignIn(form)
                        .accessClaims()
                        .path("preferred_username")
                        .asText())
                .isEqualTo("local");
    }

    @Test
    void the_gigya_page_is_reached_from_the_password_form() {
        var account = account(gigyaThenPassword, "there-and-back");
        var visitor = gigyaThenPassword.visit();
        var passwordForm = choose(visitor, visitor.page(), "Username and password");
        var back = visitor.on(choose(visitor, passwordForm, "Website account"));

        assertThat(uidIn(back.signIn(account))).isEqualTo(account.uid());
    }

    @Test
    void second_of_two_alternatives() {
        try (var passwordFirst = realm(
                flow("gigya browser", COOKIE, SUB_FLOW.formatted(20), GIGYA.formatted("ALTERNATIVE", 30)),
                subFlow(PASSWORD))) {
            var account = account(passwordFirst, "second");
            var visitor = passwordFirst.visit();
            assertThat(visitor.page().has("#kc-form-login")).isTrue();

            var gigya = visitor.on(choose(visitor, visitor.page(), "Website account"));

            assertThat(uidIn(gigya.signIn(account))).isEqualTo(account.uid());
        }
    }

    @Test
    void the_choice_is_offered_in_the_persons_language() {
        var visitor = gigyaThenPassword.visit(Map.of("ui_locales", "de"));

        var choice = tryAnotherWay(visitor, visitor.page());

        assertThat(choice.text()).contains("Website-Konto").doesNotContain("gigya-login");
    }

    @Test
    void before_a_one_time_password_that_is_set_up_at_the_first_sign_in_and_asked_for_at_the_next() {
        var account = account(withOtp, "careful");
        var first = withOtp.visit();
        var setUp = first.post(withOtp.proofOf(account, first.audience()));
        var secret = setUp.html().selectFirst("input[name=totpSecret]").val();
        var tokens = first.login()
                .finish(first.browser()
                        .post(
                                setUp.formAction("#kc-totp-settings-form"),
                                Form.of("totp", code(secret))
                                        .and("totpSecret", secret)
                                        .and("userLabel", "phone")));
        assertThat(uidIn(tokens)).isEqualTo(account.uid());

        var second = withOtp.visit();
        var otp = second.post(withOtp.proofOf(account, second.audience()));
        assertThat(otp.has("#kc-otp-login-form")).isTrue();
        assertThat(second.login().isDone(otp)).isFalse();
        var wrong = second.browser().post(otp.formAction("#kc-otp-login-form"), Form.of("otp", "000000x"));
        assertThat(wrong.text()).contains("Invalid authenticator code");

        var done = second.browser().post(wrong.formAction("#kc-otp-login-form"), Form.of("otp", code(secret)));
        assertThat(second.login().finish(done).subject()).isEqualTo(tokens.subject());
    }

    @Test
    void before_a_required_action() {
        var account = account(gigyaThenPassword, "busy");
        var user = gigyaThenPassword.signIn(account).subject();
        gigyaThenPassword
                .admin()
                .put(
                        "realms/" + gigyaThenPassword.name() + "/users/" + user,
                        Json.parse("{\"requiredActions\": [\"UPDATE_PASSWORD\"]}"))
                .succeeded();

        var visitor = gigyaThenPassword.visit();
        var action = visitor.post(gigyaThenPassword.proofOf(account, visitor.audience()));
        assertThat(action.has("#kc-passwd-update-form")).isTrue();
        var done = visitor.browser()
                .post(
                        action.formAction("#kc-passwd-update-form"),
                        Form.of("password-new", "brand new").and("password-confirm", "brand new"));

        assertThat(uidIn(visitor.login().finish(done))).isEqualTo(account.uid());
    }

    @Test
    void a_level_of_authentication_that_has_run_out_demands_a_new_sign_in_at_gigya() {
        try (var realm =
                realm(flow("gigya browser", COOKIE, SUB_FLOW.formatted(20)), subFlow(LEVEL_ONE), LEVEL_ONE_FLOW)) {
            levelOneIsForOneLogin(realm);
            var account = account(realm, "level");
            var other = account(realm, "levelled");
            var first = realm.visit(LEVEL);
            assertThat(GigyaPage.of(first.page()).settings()).containsEntry("fresh", "false");
            assertThat(uidIn(first.signIn(account))).isEqualTo(account.uid());

            var again = Visitor.open(realm, first.browser(), LEVEL);

            assertThat(GigyaPage.of(again.page()).settings())
                    .containsEntry("fresh", "true")
                    .containsEntry("login-hint", "level@example.com");
            // An open session makes tokens, but nobody has signed in at Gigya.
            var refused = again.post(realm.proofOf(account, again.audience()));
            assertThat(refused.text()).contains("Too much time has passed since you signed in.");
            var another = again.on(refused);
            assertThat(another.post(realm.proofOf(other, another.audience())).text())
                    .contains("You chose a different account than before.");
        }
    }

    private static void levelOneIsForOneLogin(GigyaRealm realm) {
        var flow = "realms/" + realm.name() + "/authentication/flows/level%20one/executions";
        var condition =
                realm.admin().get(flow).succeeded().body().get(0).path("id").asText();
        realm.admin()
                .post("realms/" + realm.name() + "/authentication/executions/" + condition + "/config", Json.parse("""
                        {"alias": "level one", "config": {"loa-condition-level": "1", "loa-max-age": "0"}}"""))
                .succeeded();
    }

    @Test
    void after_a_step_that_named_the_user_only_that_users_account_is_accepted() {
        try (var realm = realm(
                flow("gigya browser", GIGYA.formatted("REQUIRED", 10)),
                flow("name first", USERNAME, GIGYA.formatted("REQUIRED", 20)))) {
            var account = account(realm, "named");
            var other = account(realm, "another");
            realm.signIn(account);
            realm.signIn(other);
            realm.admin()
                    .put("realms/" + realm.name(), Json.parse("{\"browserFlow\": \"name first\"}"))
                    .succeeded();

            var visitor = realm.visit();
            var page = visitor.browser()
                    .post(visitor.page().formAction("#kc-form-login"), Form.of("username", "named@example.com"));
            var gigya = visitor.on(page);
            var refused = gigya.post(realm.proofOf(other, gigya.audience()));
            assertThat(refused.text()).contains("You chose a different account than before.");

            assertThat(uidIn(visitor.on(refused).signIn(account))).isEqualTo(account.uid());
        }
    }

    @Test
    void a_user_name_that_anybody_may_type_tells_nothing_about_its_user_and_locks_nobody() {
        try (var realm = realm(
                flow("gigya browser", GIGYA.formatted("REQUIRED", 10)),
                flow("name first", USERNAME, GIGYA.formatted("REQUIRED", 20)))) {
            var user = realm.admin()
                    .post("realms/" + realm.name() + "/users", Json.parse("""
                            {"username": "boss", "email": "private@example.com", "enabled": true}"""))
                    .succeeded()
                    .createdId();
            realm.admin()
                    .put("realms/" + realm.name(), Json.parse("{\"browserFlow\": \"name first\"}"))
                    .succeeded();

            var visitor = realm.visit();
            var page = visitor.browser().post(visitor.page().formAction("#kc-form-login"), Form.of("username", "boss"));

            assertThat(page.body()).doesNotContain("private@example.com");
            assertThat(GigyaPage.of(page).settings()).containsEntry("login-hint", "boss");
            assertThat(visitor.on(page).post("not.a.token").text()).contains("could not be confirmed");
            assertThat(realm.countedFailures(user)).isZero();
        }
    }

    private static Tokens passwordSignIn(Visitor visitor) {
        var done = visitor.browser()
                .post(
                        visitor.page().formAction("#kc-form-login"),
                        Form.of("username", "local").and("password", "local password"));
        return visitor.login().finish(done);
    }

    private static Page tryAnotherWay(Visitor visitor, Page page) {
        return visitor.browser()
                .post(page.formAction("#kc-select-try-another-way-form"), Form.of("tryAnotherWay", "on"));
    }

    private static Page choose(Visitor visitor, Page page, String name) {
        var choice = tryAnotherWay(visitor, page);
        Element item = choice.html().select("li").stream()
                .filter(candidate -> candidate.text().contains(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " among " + choice.text()));
        var execution = item.selectFirst("input[name=authenticationExecution]").val();
        return visitor.browser()
                .post(choice.formAction("#kc-select-credential-form"), Form.of("authenticationExecution", execution));
    }

    private static String code(String secret) {
        return new TimeBasedOTP(HmacOTP.HMAC_SHA1, 6, 30, 1).generateTOTP(secret);
    }

    private GigyaRealm realm(String... flows) {
        return GigyaRealm.create(
                keycloak,
                simulator,
                simulator.addSite(Site.builder()),
                Map.of("passwordCheck", "localFirst"),
                Map.of(),
                representation -> {
                    representation.set("authenticationFlows", Json.parse("[" + String.join(",", flows) + "]"));
                    representation.remove("authenticatorConfig");
                    // Without the type Keycloak ignores the rest of the policy.
                    representation.put("otpPolicyType", "totp");
                    representation.put("otpPolicyAlgorithm", HmacOTP.HMAC_SHA1);
                    representation.put("otpPolicyDigits", 6);
                    representation.put("otpPolicyPeriod", 30);
                    representation.put("otpPolicyLookAheadWindow", 1);
                    representation.put("otpPolicyCodeReusable", true);
                });
    }

    private static String flow(String alias, String... executions) {
        return """
                {"alias": "%s", "providerId": "basic-flow", "topLevel": true, "builtIn": false,
                 "authenticationExecutions": [%s]}""".formatted(alias, String.join(",", executions));
    }

    private static String subFlow(String... executions) {
        return flow("forms", executions).replace("\"topLevel\": true", "\"topLevel\": false");
    }

    private static Account account(GigyaRealm realm, String name) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", "Maria")
                        .profile("lastName", "Example"));
    }

    private static String uidIn(Tokens tokens) {
        return tokens.accessClaims().path("gigya.uid").asText();
    }
}
