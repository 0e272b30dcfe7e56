package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDomainTest {

    @ParameterizedTest
    @CsvSource({
        "us1,    https://accounts.us1.gigya.com/accounts.getJWT,    https://cdns.us1.gigya.com/js/gigya.js",
        "eu1,    https://accounts.eu1.gigya.com/accounts.getJWT,    https://cdns.eu1.gigya.com/js/gigya.js",
        "eu2,    https://accounts.eu2.gigya.com/accounts.getJWT,    https://cdns.eu2.gigya.com/js/gigya.js",
        "au1,    https://accounts.au1.gigya.com/accounts.getJWT,    https://cdns.au1.gigya.com/js/gigya.js",
        "ru1,    https://accounts.ru1.gigya.com/accounts.getJWT,    https://cdns.ru1.gigya.com/js/gigya.js",
        "cn1,    https://accounts.cn1.sapcdm.cn/accounts.getJWT,    https://cdns.cn1.sapcdm.cn/js/gigya.js",
        "global, https://accounts.global.gigya.com/accounts.getJWT, https://cdns.global.gigya.com/js/gigya.js"
    })
    void every_data_center_has_its_own_hosts(String id, String endpoint, String script) {
        var domain = ApiDomain.of(DataCenter.ofId(id).orElseThrow());

        assertThat(domain.endpoint("accounts.getJWT")).hasToString(endpoint);
        assertThat(domain.script()).hasToString(script);
    }

    @ParameterizedTest
    @CsvSource({
        "login.example.com,      https://login.example.com/accounts.login",
        "Login.Example.COM,      https://login.example.com/accounts.login",
        "login.example.com:443,  https://login.example.com/accounts.login",
        "login.example.com:8443, https://login.example.com:8443/accounts.login",
        "localhost:40123,        https://localhost:40123/accounts.login",
        "xn--bcher-kva.example,  https://xn--bcher-kva.example/accounts.login"
    })
    void a_custom_domain_replaces_the_whole_host(String authority, String endpoint) {
        var domain = ApiDomain.custom(authority);

        assertThat(domain.endpoint("accounts.login")).hasToString(endpoint);
        assertThat(domain.endpoint("accounts.login").getHost()).isNotNull();
        assertThat(domain.script()).hasToString(endpoint.replace("accounts.login", "js/gigya.js"));
        assertThat(domain.browserSources()).containsExactly(endpoint.replace("/accounts.login", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "https://login.example.com",
                "login.example.com/",
                "login.example.com/path",
                "user@login.example.com",
                "login.example.com:",
                "login.example.com:0",
                "login.example.com:65536",
                "login.example.com:443:443",
                "login.example.com\n",
                "login..example.com",
                ".example.com",
                "example.com.",
                "-a.example.com",
                "a-.example.com",
                "*.example.com",
                "login.example.com?x",
                "login.example.com#x",
                "a;b.example.com",
                "127.0.0.1",
                "127.0.0.1:8443",
                "2130706433",
                "0x7f000001",
                "[::1]",
                "[::1]:8443",
                "\u212Aey.example.com",
                "bücher.example"
            })
    void what_is_not_a_host_is_refused(String authority) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiDomain.custom(authority))
                .withMessageContaining("host name with an optional port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya.com", "us1.gigya.com", "accounts.EU1.gigya.com:443", "cn1.sapcdm.cn"})
    void a_host_of_gigyas_own_is_no_custom_domain(String authority) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiDomain.custom(authority))
                .withMessageContaining("data center");
    }

    @Test
    void a_host_longer_than_dns_allows_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiDomain.custom("a.".repeat(126) + "example"));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiDomain.custom("a".repeat(64) + ".example"));
        assertThatIllegalArgumentException().isThrownBy(() -> ApiDomain.custom("a".repeat(1_000_000)));
    }

    @Test
    void a_data_center_is_known_by_id_and_by_domain() {
        assertThat(DataCenter.ofId("us2")).isEmpty();
        assertThat(DataCenter.ofApiDomain("eu1.gigya.com")).contains(DataCenter.EU1);
        assertThat(DataCenter.ofApiDomain("eu1.gigya.com.evil.example")).isEmpty();
    }
}
