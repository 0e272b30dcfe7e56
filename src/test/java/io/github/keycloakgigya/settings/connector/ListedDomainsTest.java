package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

class ListedDomainsTest {

    @Test
    void each_entry_is_a_host_with_the_port_that_it_names_or_443() {
        var listed = ListedDomains.of(
                        option(" Login.Example.com ", "localhost:8443", "", "auth.example.org:443"), "some")
                .orElseThrow();

        assertThat(listed.names()).containsExactlyInAnyOrder("login.example.com", "localhost:8443", "auth.example.org");
        assertThat(listed.contain(ApiDomain.custom("login.example.com:443"))).isTrue();
        assertThat(listed.contain(ApiDomain.custom("login.example.com:8443"))).isFalse();
        assertThat(listed.contain(ApiDomain.custom("localhost"))).isFalse();
        assertThat(listed.contain(ApiDomain.custom("www.login.example.com"))).isFalse();
        assertThat(listed.contain(ApiDomain.of(DataCenter.US1))).isFalse();
    }

    @Test
    void an_option_that_is_not_set_is_no_list() {
        assertThat(ListedDomains.of(mock(Config.Scope.class), "some")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://login.example.com", "*", "*.example.com", "127.0.0.1", "eu1.gigya.com", "host:99999"})
    void nonsense_stops_the_server_and_is_named_with_its_option(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListedDomains.of(option("login.example.com", entry), "some"))
                .withMessageContaining(entry)
                .withMessageContaining("option some of gigya-connector");
    }

    private static Config.Scope option(String... entries) {
        var options = mock(Config.Scope.class);
        when(options.getArray("some")).thenReturn(entries);
        return options;
    }
}
