package io.github.keycloakgigya.it.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.it.SharedServers;
import io.github.keycloakgigya.it.realm.FailedSignIn;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.ApplicationKey;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.RecordedCall;
import io.github.keycloakgigya.simulator.RsaApplicationKey;
import io.github.keycloakgigya.simulator.Site;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of authorising calls signs somebody in, and is told from an outage where Gigya refuses it. */
@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationMethodsIT {

    private static final ApplicationKey APPLICATION = ApplicationKey.random();
    private static final RsaApplicationKey RSA_APPLICATION = RsaApplicationKey.generate();
    private static final String PARTNER_SECRET = "c2VjcmV0LW9mLXRoZS1wYXJ0bmVyLW9mLXRlc3RzIQ==";
    private static final String WRONG_SECRET = "c2VjcmV0LW9mLXNvbWVib2R5LWVsc2UtYWx0b2dldGhlcg==";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private GigyaRealm realm;
    private int accounts;

    AuthorizationMethodsIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
    }

    @BeforeAll
    void create_a_realm() {
        Secrets.remember("application secret", APPLICATION.secret());
        var site = Site.builder()
                .partnerSecret(PARTNER_SECRET)
                .applicationKey(APPLICATION)
                .rsaApplicationKey(RSA_APPLICATION);
        realm = GigyaRealm.create(keycloak, gigya, site, Map.of(), Map.of());
    }

    @AfterAll
    void delete_the_realm() {
        realm.close();
    }

    /** How an administrator may store an RSA key. */
    enum Pem {
        PKCS1(key -> key.privateKeyAsPkcs1(), text -> text),
        PKCS8(key -> key.privateKeyAsPkcs8(), text -> text),
        PKCS1_WITH_SPACES_FOR_LINE_BREAKS(key -> key.privateKeyAsPkcs1(), text -> text.replaceAll("\\R", " ")),
        PKCS8_WITH_SPACES_FOR_LINE_BREAKS(key -> key.privateKeyAsPkcs8(), text -> text.replaceAll("\\R", " ")),
        PKCS8_WITHOUT_LINE_BREAKS(key -> key.privateKeyAsPkcs8(), text -> text.replaceAll("\\R", ""));

        private final Function<RsaApplicationKey, String> pem;
        private final UnaryOperator<String> field;

        Pem(Function<RsaApplicationKey, String> pem, UnaryOperator<String> field) {
            this.pem = pem;
            this.field = field;
        }

        String of(RsaApplicationKey key) {
            return field.apply(pem.apply(key));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "secret"})
    void a_partner_secret_signs_somebody_in(String method) {
        var call = callOfSignIn(Map.of("authorizationMethod", method, "secret", PARTNER_SECRET));

        assertThat(call.parameter("userKey")).isEmpty();
        assertAuthorisedBy(method, call, PARTNER_SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "secret"})
    void an_application_key_signs_somebody_in(String method) {
        var call = callOfSignIn(Map.of(
                "authorizationMethod", method, "userKey", APPLICATION.userKey(), "secret", APPLICATION.secret()));

        assertThat(call.parameter("userKey")).contains(APPLICATION.userKey());
        assertAuthorisedBy(method, call, APPLICATION.secret());
    }

    @ParameterizedTest
    @EnumSource
    void an_rsa_key_signs_somebody_in_however_it_was_pasted(Pem pem) {
        var call = callOfSignIn(Map.of(
                "authorizationMethod",
                "bearer",
                "userKey",
                RSA_APPLICATION.userKey(),
                "secret",
                pem.of(RSA_APPLICATION)));

        assertThat(call.header("authorization"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer eyJ"));
        assertThat(call.parameters()).doesNotContainKeys("sig", "secret", "userKey");
    }

    @Test
    void a_wrong_secret_is_a_setting_to_mend_with_the_signature() {
        assertRefused(Map.of("secret", WRONG_SECRET), 403003);
    }

    @Test
    void a_wrong_secret_is_a_setting_to_mend_where_it_is_sent() {
        assertRefused(Map.of("authorizationMethod", "secret", "secret", WRONG_SECRET), 403010);
    }

    @Test
    void an_unknown_user_key_is_a_setting_to_mend_and_no_missing_account() {
        assertRefused(Map.of("userKey", "AUnknownKey1", "secret", WRONG_SECRET), 403005);
    }

    @Test
    void a_foreign_rsa_key_is_a_setting_to_mend() {
        assertRefused(
                Map.of(
                        "authorizationMethod",
                        "bearer",
                        "userKey",
                        RSA_APPLICATION.userKey(),
                        "secret",
                        RsaApplicationKey.generate().privateKeyAsPkcs8()),
                400008);
    }

    private static void assertAuthorisedBy(String method, RecordedCall call, String secret) {
        if (method.equals("secret")) {
            assertThat(call.parameter("secret")).contains(secret);
            assertThat(call.parameter("sig")).isEmpty();
        } else {
            assertThat(call.parameter("sig")).isPresent();
            assertThat(call.parameters()).doesNotContainValue(secret);
        }
    }

    private RecordedCall callOfSignIn(Map<String, String> federation) {
        configure(federation);
        var account = newAccount();
        gigya.calls().reset();

        assertThat(realm.signIn(account).accessClaims().path("gigya.uid").asText())
                .isEqualTo(account.uid());

        assertThat(gigya.calls().count("accounts.getJWT")).isEqualTo(1);
        return gigya.calls().lastOf("accounts.getJWT");
    }

    private void assertRefused(Map<String, String> federation, int errorCode) {
        configure(federation);
        var before = realm.users();

        FailedSignIn.of(realm, newAccount())
                .reads("Sign-in is not set up correctly here")
                .isCalled("gigya_misconfigured")
                .quotes(OptionalInt.of(errorCode));

        assertThat(realm.users()).isEqualTo(before);
    }

    private void configure(Map<String, String> federation) {
        var settings = new HashMap<>(Map.of("authorizationMethod", "signature", "userKey", ""));
        settings.putAll(federation);
        realm.configure(settings);
    }

    private Account newAccount() {
        accounts++;
        return realm.site().add(Account.builder().verifiedEmail("authorised" + accounts + "@example.com"));
    }
}
