package io.github.keycloakgigya.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDomainTest {

    // As the vendor's documents tell them.
    private static final Map<String, String> HOSTS = Map.of(
            "us1", "us1.gigya.com",
            "eu1", "eu1.gigya.com",
            "eu2", "eu2.gigya.com",
            "au1", "au1.gigya.com",
            "ru1", "ru1.gigya.com",
            "cn1", "cn1.sapcdm.cn",
            "global", "global.gigya.com");

    @ParameterizedTest
    @EnumSource
    void every_data_center_has_its_own_hosts(DataCenter dataCenter) {
        var domain = ApiDomain.of(dataCenter);
        var hosts = HOSTS.get(dataCenter.id());

        assertThat(domain.endpoint("accounts.getJWT")).hasToString("https://accounts." + hosts + "/accounts.getJWT");
        assertThat(domain.script()).hasToString("https://cdns." + hosts + "/js/gigya.js");
    }

    @ParameterizedTest
    @CsvSource({
        "login.example.com,      https://login.example.com/accounts.login",
        "Login.Example.COM,      https://login.example.com/accounts.login",
        "login.example.com:443,  https://login.example.com/accounts.login",
        "login.example.com:8443, https://login.example.com:8443/accounts.login",
        "localhost:40123,        https://localhost:40123/accounts.login",
        "localhost:65535,        https://localhost:65535/accounts.login",
        "xn--bcher-kva.example,  https://xn--bcher-kva.example/accounts.login"
    })
    void a_custom_domain_replaces_the_whole_host(String authority, String endpoint) {
        var domain = ApiDomain.custom(authority);

        assertThat(domain.endpoint("accounts.login")).hasToString(endpoint);
        assertThat(domain.endpoint("accounts.login").getHost()).isNotNull();
        assertThat(domain.script()).hasToString(endpoint.replace("accounts.login", "js/gigya.js"));
        assertThat(domain.browserSources()).containsExactly(endpoint.replace("/accounts.login", ""));
        assertThat(domain.openIdIssuer("3_key")).isEqualTo(endpoint.replace("accounts.login", "oidc/op/v1.0/3_key"));
        assertThat(domain.isCustom()).isTrue();
        assertThat("https://" + domain.name()).isEqualTo(endpoint.replace("/accounts.login", ""));
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
