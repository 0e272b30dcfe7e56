package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.client.FormRequest.SignatureBaseString;
import io.github.keycloakgigya.api.client.RequestAuthorization.Secret;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors are those of the vendor's SDKs: S1, S4, S5 of the Java SDK, S2 and S3 of the Android SDK. */
class SignatureBaseStringTest {

    private static final Map<String, String> PHOTO = Map.of(
            "file", "vacation.jpg",
            "oauth_consumer_key", "test-consumer-secret",
            "oauth_nonce", "kllo9940pd9333jh",
            "oauth_signature_method", "HMAC-SHA1",
            "oauth_timestamp", "1191242096",
            "oauth_token", "test-token-secret",
            "oauth_version", "1.0",
            "size", "original");
    private static final String SDK_CONFIG = "https://sociallize.us1.gigya.com/socialize.getSDKConfig";

    @Test
    void a_request_of_the_java_sdk_has_its_published_signature() {
        var secret = "dGVzdC1jb25zdW1lci1zZWNyZXQmdGVzdC10b2tlbi1zZWNyZXQ=";

        assertThat(signature(secret, "http://photos.example.net/photos", PHOTO))
                .isEqualTo("j4/Jwtp11HLWl7KG3QlsczfRRpU=");
    }

    @Test
    void a_request_of_the_android_sdk_has_its_published_signature() {
        assertThat(signature("asda34asfasfj9fuas", SDK_CONFIG, Map.of("ApiKey", "asdkjasd83rffhsf8923rf2")))
                .isEqualTo("fe4zimftu84s42OaQInV/RM+XJo=");
    }

    @Test
    void a_request_of_the_android_sdk_with_nonce_and_time_has_its_published_signature() {
        var parameters = Map.of("ApiKey", "someApiKey", "nonce", "1545905337000_1", "timestamp", "1545905337");

        assertThat(signature("asda34asfasfj9fuas", SDK_CONFIG, parameters)).isEqualTo("nC69hzGbTdPW3WlUl6k0ZeCd0CY=");
    }

    @ParameterizedTest
    @CsvSource({
        "http://photos.example.net:8080/photos,  POST&http%3A%2F%2Fphotos.example.net%3A8080%2Fphotos&file%3Dvacation",
        "https://photos.example.net:4433/photos, POST&https%3A%2F%2Fphotos.example.net%3A4433%2Fphotos&file%3Dvacation",
        "http://photos.example.net:80/photos,    POST&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation",
        "https://photos.example.net:443/photos,  POST&https%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation",
        "HTTPS://Photos.EXAMPLE.net/Photos?a=b,  POST&https%3A%2F%2Fphotos.example.net%2FPhotos&file%3Dvacation"
    })
    void the_address_is_in_lower_case_without_default_port_and_query(String url, String start) {
        assertThat(base(url, PHOTO).text()).startsWith(start);
    }

    @Test
    void upper_case_names_come_before_lower_case_names() {
        assertThat(base("https://x.example/m", Map.of("apiKey", "1", "UID", "2", "_x", "3"))
                        .text())
                .endsWith("&UID%3D2%26_x%3D3%26apiKey%3D1");
    }

    @Test
    void all_but_unreserved_characters_are_percent_encoded() {
        assertThat(SignatureBaseString.encode("!*'();:@&=+$,/?%#[] "))
                .isEqualTo("%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%25%23%5B%5D%20");
        assertThat(SignatureBaseString.encode("abc012_-.~")).isEqualTo("abc012_-.~");
        assertThat(SignatureBaseString.encode("ü€😀")).isEqualTo("%C3%BC%E2%82%AC%F0%9F%98%80");
    }

    private static String signature(String secret, String url, Map<String, String> parameters) {
        var hmac = Secret.parse(secret).hmacSha1(base(url, parameters).text());
        return Base64.getEncoder().encodeToString(hmac);
    }

    private static SignatureBaseString base(String url, Map<String, String> parameters) {
        return new SignatureBaseString("post", URI.create(url), new TreeMap<>(parameters));
    }
}
