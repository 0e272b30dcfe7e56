package io.github.keycloakgigya.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.api.DataCenter;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedDomainsTest {

    private final AllowedDomains listed =
            new AllowedDomains(Optional.of(new ListedDomains(Set.of("login.example.com"))));

    @Test
    void a_custom_domain_that_the_operator_does_not_list_is_refused() {
        assertThatThrownBy(() -> listed.require(ApiDomain.custom("evil.example")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("gigyaApiDomainNotAllowed");
        assertThatThrownBy(() -> listed.require(ApiDomain.custom("login.example.com:8443")))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void a_listed_domain_and_every_data_center_are_allowed() {
        assertThatCode(() -> listed.require(ApiDomain.custom("LOGIN.example.com:443")))
                .doesNotThrowAnyException();
        assertThatCode(() -> listed.require(ApiDomain.of(DataCenter.CN1))).doesNotThrowAnyException();
    }

    @Test
    void without_a_list_administrators_choose() {
        assertThatCode(() -> new AllowedDomains(Optional.empty()).require(ApiDomain.custom("any.example")))
                .doesNotThrowAnyException();
    }
}
