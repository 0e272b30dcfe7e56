package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that the vendor's SDKs and a third-party client publish. */
class RequestSignatureTest {

    private static final Map<String, String> PHOTOS = Map.of(
            "file", "vacation.jpg",
            "oauth_consumer_key", "test-consumer-secret",
            "oauth_nonce", "kllo9940pd9333jh",
            "oauth_signature_method", "HMAC-SHA1",
            "oauth_timestamp", "1191242096",
            "oauth_token", "test-token-secret",
            "oauth_version", "1.0",
            "size", "original");

    private static final URI SDK_CONFIG = URI.create("https://sociallize.us1.gigya.com/socialize.getSDKConfig");

    @Test
    void the_java_sdks_vector_is_met() {
        assertThat(signature(
                        "dGVzdC1jb25zdW1lci1zZWNyZXQmdGVzdC10b2tlbi1zZWNyZXQ=",
                        URI.create("http://photos.example.net/photos"),
                        PHOTOS))
                .isEqualTo("j4/Jwtp11HLWl7KG3QlsczfRRpU=");
    }

    @Test
    void the_android_sdks_vectors_are_met() {
        assertThat(signature("asda34asfasfj9fuas", SDK_CONFIG, Map.of("ApiKey", "asdkjasd83rffhsf8923rf2")))
                .isEqualTo("fe4zimftu84s42OaQInV/RM+XJo=");
        assertThat(signature(
                        "asda34asfasfj9fuas",
                        SDK_CONFIG,
                        Map.of("ApiKey", "someApiKey", "nonce", "1545905337000_1", "timestamp", "1545905337")))
                .isEqualTo("nC69hzGbTdPW3WlUl6k0ZeCd0CY=");
    }

    @ParameterizedTest
    @CsvSource({
        "http://Photos.example.net:80/photos, http%3A%2F%2Fphotos.example.net%2Fphotos",
        "https://photos.example.net:443/photos, https%3A%2F%2Fphotos.example.net%2Fphotos",
        "http://photos.example.net:8080/photos, http%3A%2F%2Fphotos.example.net%3A8080%2Fphotos",
        "https://photos.example.net:4433/photos, https%3A%2F%2Fphotos.example.net%3A4433%2Fphotos"
    })
    void only_a_port_that_is_not_the_default_one_is_signed(URI url, String signed) {
        assertThat(new RequestSignature("post", url, PHOTOS).baseString())
                .startsWith("POST&" + signed + "&file%3Dvacation.jpg%26");
    }

    @Test
    void upper_case_names_come_before_lower_case_ones_and_sig_is_left_out() {
        assertThat(new RequestSignature("POST", SDK_CONFIG, Map.of("apiKey", "b", "UID", "a", "sig", "c")).baseString())
                .endsWith("&UID%3Da%26apiKey%3Db");
    }

    @Test
    void only_unreserved_characters_stay_as_they_are() {
        assertThat(RequestSignature.encode("!*'();:@&=+$,/?%#[] "))
                .isEqualTo("%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%25%23%5B%5D%20");
        assertThat(RequestSignature.encode("abc012_-.~ü")).isEqualTo("abc012_-.~%C3%BC");
    }

    @ParameterizedTest
    @CsvSource({
        "nk34bjh5kl432njbh, 3456789, kln45j654l3kn5jb, y8fo2ebrzyuN/kbX0wbPul8VwI8=",
        "908dsf7g68d9, 23456754, jkl234h53k2, AzKUa+6a2+27Oqxu0nDksvDdjLI=",
        "b45432lkn4jb, 9876543, b4645kl35jb, VP93O4U8MeTCH5sJntEBVBRG/F0="
    })
    void published_uid_signatures_are_met(String uid, long timestamp, String secret, String signature) {
        assertThat(new ApplicationKey("key", secret).signUid(uid, timestamp)).isEqualTo(signature);
    }

    private static String signature(String secret, URI url, Map<String, String> parameters) {
        return HmacSha1.withSecret(secret).sign(new RequestSignature("POST", url, parameters).baseString());
    }
}
