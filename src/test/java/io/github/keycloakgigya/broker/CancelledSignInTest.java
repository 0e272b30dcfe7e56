package io.github.keycloakgigya.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.broker.signin.ProviderContext;
import io.github.keycloakgigya.inmemory.InMemoryLogin;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider.AuthenticationCallback;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.services.resources.IdentityBrokerService;

/** A person presses "Cancel" on the page of the identity provider. */
class CancelledSignInTest {

    private static final int TOLD_BY_KEYCLOAK = 418;

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final InMemoryLogin login = shop.shop().keycloak().login();
    private final AuthenticationCallback callback = mock(AuthenticationCallback.class);

    @BeforeEach
    void know_keycloaks_own_way() {
        when(callback.cancelled(any()))
                .thenReturn(Response.status(TOLD_BY_KEYCLOAK).build());
    }

    @Test
    void it_leads_back_to_the_login_page_without_a_word() {
        var back = leadBack();

        assertThat(back.getStatus()).isEqualTo(303);
        assertThat(back.getLocation().getPath()).isEqualTo("/realms/shop/login-actions/authenticate");
    }

    @Test
    void whom_the_application_sent_here_is_not_sent_here_again() {
        login.setClientNote("kc_idp_hint", BrokeredShop.ALIAS);

        assertThat(leadBack().getStatus()).isEqualTo(303);
        assertThat(login.getClientNote("kc_idp_hint")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"REQUIRED, gigya-idp, 418", "ALTERNATIVE, another, 418", "DISABLED, gigya-idp, 303", "ALTERNATIVE,, 303"
    })
    void where_the_flow_sends_everybody_on_keycloak_shows_the_login_page(
            Requirement requirement, String alias, int status) {
        var config = new AuthenticatorConfigModel();
        config.setId("default");
        config.setConfig(alias == null ? Map.of() : Map.of("defaultProvider", alias));
        shop.shop().keycloak().realm().add(config);
        var inner = step("browser", Requirement.ALTERNATIVE);
        inner.setAuthenticatorFlow(true);
        inner.setFlowId("inner");
        shop.shop().keycloak().realm().add(inner);
        var redirector = step("inner", requirement);
        redirector.setAuthenticator("identity-provider-redirector");
        redirector.setAuthenticatorConfig("default");
        shop.shop().keycloak().realm().add(redirector);

        assertThat(leadBack().getStatus()).isEqualTo(status);
    }

    @Test
    void who_was_about_to_link_an_account_is_led_back_to_the_application_by_keycloak() {
        login.setAuthNote(
                IdentityBrokerService.LINKING_IDENTITY_PROVIDER,
                "root" + login.getClient().getClientId() + BrokeredShop.ALIAS);

        assertThat(leadBack().getStatus()).isEqualTo(TOLD_BY_KEYCLOAK);
    }

    private static AuthenticationExecutionModel step(String flow, Requirement requirement) {
        var step = new AuthenticationExecutionModel();
        step.setParentFlow(flow);
        step.setRequirement(requirement);
        return step;
    }

    private Response leadBack() {
        return new CancelledSignIn(
                        shop.shop().session(),
                        shop.shop().realm(),
                        new ProviderContext(shop.provider(), null),
                        callback,
                        login)
                .leadBack();
    }
}
