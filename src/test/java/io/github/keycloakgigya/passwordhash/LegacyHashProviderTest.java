package io.github.keycloakgigya.passwordhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.leaving.StoredPassword.HashAlgorithm;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.passwordhash.LegacyHashFactory.BcryptFactory;
import io.github.keycloakgigya.passwordhash.LegacyHashFactory.Md5Factory;
import io.github.keycloakgigya.passwordhash.LegacyHashFactory.Sha1Factory;
import io.github.keycloakgigya.passwordhash.LegacyHashFactory.Sha256Factory;
import io.github.keycloakgigya.passwordhash.LegacyHashFactory.Sha512Factory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.dto.PasswordCredentialData;
import org.keycloak.models.credential.dto.PasswordSecretData;

class LegacyHashProviderTest {

    private final Shop shop = Shop.plain();
    private final KeycloakSession session = shop.session();
    private final PasswordHashProvider ofServer = mock(PasswordHashProvider.class);

    @BeforeEach
    void the_servers_own_is_argon2() {
        var factory = mock(PasswordHashProviderFactory.class);
        when(factory.getId()).thenReturn("argon2");
        shop.keycloak().provideDefaultFactory(PasswordHashProvider.class, factory);
        shop.keycloak().provide(PasswordHashProvider.class, ofServer);
        when(ofServer.encodedCredential(any(), anyInt()))
                .thenReturn(PasswordCredentialModel.createFromValues("argon2", new byte[16], 5, "hash"));
    }

    // The first of md5 is SAP's own example; those of "abc" are the examples of RFC 1321, RFC 3174 and FIPS 180.
    @ParameterizedTest
    @CsvSource({
        "MD5, test1234, Ftek/KdELdo62TyacmWX5A==",
        "MD5, abc, kAFQmDzST7DWlj99KOF/cg==",
        "SHA1, abc, qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
        "SHA256, abc, ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
        "SHA512, abc, 3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=="
    })
    void a_digest_of_a_published_example_lets_its_password_in_and_no_other(
            LegacyHash hash, String password, String published) {
        var stored = stored(hash, 1, "", published, "$password");

        assertThat(new LegacyHashProvider(hash, session).verify(password, stored))
                .isTrue();
        assertThat(new LegacyHashProvider(hash, session).verify(password + " ", stored))
                .isFalse();
        assertThat(new LegacyHashProvider(hash, session).verify("", stored)).isFalse();
    }

    @Test
    void a_salt_stands_where_the_format_says() {
        var md5 = new LegacyHashProvider(LegacyHash.MD5, session);
        var stored = stored(LegacyHash.MD5, 1, "c2FsdA==", "/5yaYrndNPz/BrqaldmEsA==", "wikipedia$salt$password");

        assertThat(md5.verify("test1234", stored)).isTrue();
        assertThat(md5.verify("salttest1234", stored)).isFalse();
        assertThat(md5.verify("$salt", stored)).isFalse();
    }

    // The examples of OpenBSD's bcrypt, as jBCrypt tests them. Their last two parts are Base64 of another alphabet.
    @ParameterizedTest
    @CsvSource({
        "abc, 64, If6bvum7DFjUnE9p2uDeDu, 0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "a, 64, m0CrhHm10qJ3lXRY.5zDGO, 3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        "abc, 1024, WvvTPHKwdBJ3uk0Z37EMR., hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi"
    })
    void a_published_example_of_bcrypt_lets_its_password_in_and_no_other(
            String password, int rounds, String salt, String hash) {
        var stored = stored(LegacyHash.BCRYPT, rounds, base64(salt), base64(hash), "$password");
        var bcrypt = new LegacyHashProvider(LegacyHash.BCRYPT, session);

        assertThat(bcrypt.verify(password, stored)).isTrue();
        assertThat(bcrypt.verify(password + "x", stored)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(LegacyHash.class)
    void a_policy_that_names_it_gets_a_hash_of_the_servers_own(LegacyHash hash) {
        var provider = new LegacyHashProvider(hash, session);

        var anew = provider.encodedCredential("password", 27500);

        assertThat(anew.getPasswordCredentialData().getAlgorithm()).isEqualTo("argon2");
        verify(ofServer).encodedCredential("password", -1);
        assertThat(provider.policyCheck(null, anew)).isTrue();
        assertThat(provider.policyCheck(null, stored(hash, 1, "", "AAAA", "$password")))
                .as("so that it is hashed anew at its first use")
                .isFalse();
    }

    @Test
    void a_server_whose_own_it_is_hashes_nothing_and_does_not_hang() {
        var md5 = new LegacyHashProvider(LegacyHash.MD5, session);
        shop.keycloak().provide(PasswordHashProvider.class, md5);

        assertThatThrownBy(() -> md5.encodedCredential("password", 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("only verifies passwords");
        assertThat(md5.verify("wrong", stored(LegacyHash.MD5, 1, "", "Ftek/KdELdo62TyacmWX5A==", "$password")))
                .isFalse();
    }

    @Test
    void a_wrong_password_takes_as_long_as_one_of_nobody_and_a_right_one_is_hashed_anew_by_keycloak() {
        var md5 = new LegacyHashProvider(LegacyHash.MD5, session);
        var stored = stored(LegacyHash.MD5, 1, "", "Ftek/KdELdo62TyacmWX5A==", "$password");

        assertThat(md5.verify("test1234", stored)).isTrue();
        verify(ofServer, never()).encodedCredential(any(), anyInt());

        assertThat(md5.verify("test1235", stored)).isFalse();
        verify(ofServer).encodedCredential("test1235", -1);
    }

    // An administrator may write credentials by Keycloak's own API.
    @ParameterizedTest
    @EnumSource(LegacyHash.class)
    void what_is_stored_in_another_form_lets_nobody_in(LegacyHash hash) {
        var provider = new LegacyHashProvider(hash, session);

        for (var value : List.of("", "AAAA", "no base64!")) {
            assertThat(provider.verify("", stored(hash, 1, "", value, "$password")))
                    .isFalse();
            assertThat(provider.verify("abc", stored(hash, 0, "", value, "$salt")))
                    .isFalse();
            assertThat(provider.verify("abc", stored(hash, Integer.MAX_VALUE, "AAAA", value, "")))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("factories")
    void keycloak_enters_by_one_factory_for_each(PasswordHashProviderFactory factory, HashAlgorithm algorithm) {
        assertThat(factory.getId()).isEqualTo(LegacyHash.idOf(algorithm));
        assertThat(factory.create(null)).isInstanceOf(LegacyHashProvider.class);
        assertThat(((LegacyHashFactory) factory).isSupported()).isTrue();
        // Keycloak takes the one of the highest order where a realm names none.
        assertThat(factory.order()).isZero();
    }

    static Stream<Arguments> factories() {
        return Stream.of(
                Arguments.of(new BcryptFactory(), HashAlgorithm.BCRYPT),
                Arguments.of(new Md5Factory(), HashAlgorithm.MD5),
                Arguments.of(new Sha1Factory(), HashAlgorithm.SHA1),
                Arguments.of(new Sha256Factory(), HashAlgorithm.SHA256),
                Arguments.of(new Sha512Factory(), HashAlgorithm.SHA512));
    }

    private static PasswordCredentialModel stored(
            LegacyHash hash, int rounds, String salt, String value, String format) {
        var secret = new PasswordSecretData(value, Base64.getDecoder().decode(salt));
        secret.getAdditionalParameters().putSingle(LegacyHash.FORMAT, format);
        return PasswordCredentialModel.createFromValues(
                new PasswordCredentialData(rounds, hash.id(), Map.of()), secret);
    }

    private static String base64(String ofBcrypt) {
        var from = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var to = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var text = new StringBuilder();
        ofBcrypt.chars().forEach(letter -> text.append(to.charAt(from.indexOf(letter))));
        return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text.toString()));
    }
}
