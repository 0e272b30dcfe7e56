package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.ListedDomains.AllowedDomains;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;

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

    @Test
    void the_list_is_what_the_operator_gave_the_server() {
        var option = new String[] {" Login.Example.com ", "", "id.example.org:8443"};

        var ofServer = AllowedDomains.of(optionsWith(option));

        assertThat(ofServer.listed().map(ListedDomains::names))
                .contains(Set.of("login.example.com", "id.example.org:8443"));
    }

    @Test
    void an_operator_who_gave_no_list_leaves_the_choice() {
        assertThat(AllowedDomains.of(optionsWith(null)).listed()).isEmpty();
    }

    @Test
    void an_operator_who_gave_an_empty_list_allows_no_custom_domain() {
        var none = AllowedDomains.of(optionsWith(new String[] {""}));

        assertThatThrownBy(() -> none.require(ApiDomain.custom("login.example.com")))
                .isInstanceOf(SettingsException.class);
        assertThatCode(() -> none.require(ApiDomain.of(DataCenter.US1))).doesNotThrowAnyException();
    }

    @Test
    void a_name_that_is_no_host_stops_the_server_from_starting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedDomains.of(optionsWith(new String[] {"https://login.example.com"})));
    }

    private static Config.Scope optionsWith(String[] names) {
        var options = mock(Config.Scope.class);
        when(options.getArray("allowedDomains")).thenReturn(names);
        return options;
    }
}
