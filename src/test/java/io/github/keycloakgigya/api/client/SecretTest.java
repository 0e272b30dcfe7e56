package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @ParameterizedTest
    @CsvSource({
        "nk34bjh5kl432njbh, 3456789,  kln45j654l3kn5jb, y8fo2ebrzyuN/kbX0wbPul8VwI8=",
        "908dsf7g68d9,      23456754, jkl234h53k2,      AzKUa+6a2+27Oqxu0nDksvDdjLI=",
        "b45432lkn4jb,      9876543,  b4645kl35jb,      VP93O4U8MeTCH5sJntEBVBRG/F0="
    })
    void published_uid_signatures_are_reproduced(String uid, String timestamp, String secret, String signature) {
        var hmac = Secret.parse(secret).hmacSha1(timestamp + "_" + uid);

        assertThat(Base64.getEncoder().encodeToString(hmac)).isEqualTo(signature);
    }

    @Test
    void white_space_and_missing_padding_make_no_difference() {
        var hmac = Secret.parse("c2VjcmV0LWE=").hmacSha1("text");

        assertThat(Secret.parse(" c2VjcmV0LWE=\n").hmacSha1("text")).isEqualTo(hmac);
        assertThat(Secret.parse("c2VjcmV0LWE").hmacSha1("text")).isEqualTo(hmac);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "s3cr3t!s3cr3t", "c2Vj cmV0", "c2VjcmV0L", "c2Vj====", "c2VjcmV0-_", "${vault.x}"})
    void what_is_not_base64_is_refused_without_being_quoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.parse(text))
                .withNoCause()
                .withMessageStartingWith("the secret is")
                .satisfies(refusal -> assertThat(
                                text.isBlank() || !refusal.getMessage().contains(text))
                        .isTrue());
    }

    @Test
    void a_private_key_in_its_place_is_named_as_such() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.parse("-----BEGIN RSA PRIVATE KEY-----\nMIIE"))
                .withMessageContaining("bearer");
    }
}
