package io.github.keycloakgigya.federation.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.Token;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakUriInfo;

class AskerTest {

    private final KeycloakContext context = mock(KeycloakContext.class);

    @ParameterizedTest
    @CsvSource({
        "/realms/shop/login-actions/authenticate, VISITOR",
        "/realms/shop/login-actions/authenticate/, VISITOR",
        "/realms/shop/login-actions/authenticate;a=b, VISITOR",
        "/realms/shop/login-actions/reset-credentials, VISITOR",
        "/realms/shop/protocol/openid-connect/auth, VISITOR",
        "/realms/shop/protocol/saml, VISITOR",
        "/realms/shop/login-actions/registration, CLAIMANT",
        "/realms/shop/login-actions/required-action, CLAIMANT",
        "/realms/shop/login-actions/action-token, CLAIMANT",
        "/realms/shop/login-actions/first-broker-login, NEWCOMER",
        "/realms/shop/broker/google/endpoint, TRUSTED",
        "/realms/broker/login-actions/authenticate, VISITOR",
        "/realms/shop/an-extension/names, VISITOR",
        "/admin/realms/shop/users, VISITOR",
        "/, VISITOR",
    })
    void somebody_without_a_token_is_who_the_address_says(String path, Asker asker) {
        at(path);

        assertThat(Asker.of(context)).isEqualTo(asker);
    }

    @ParameterizedTest
    @CsvSource({"password, VISITOR", "urn:ietf:params:oauth:grant-type:token-exchange, TRUSTED", ", TRUSTED"})
    void at_the_token_endpoint_the_grant_tells(String grant, Asker asker) {
        at("/realms/shop/protocol/openid-connect/token");
        var form = new MultivaluedHashMap<String, String>();
        form.putSingle("grant_type", grant);
        var request = mock(HttpRequest.class);
        when(request.getDecodedFormParameters()).thenReturn(form);
        when(context.getHttpRequest()).thenReturn(request);

        assertThat(Asker.of(context)).isEqualTo(asker);
    }

    @Test
    void whoever_brought_an_administrators_token_is_trusted() {
        at("/admin/realms/shop/users");
        when(context.getBearerToken()).thenReturn(mock(Token.class));

        assertThat(Asker.of(context)).isEqualTo(Asker.ADMINISTRATOR);
    }

    @Test
    void whoever_brought_a_token_elsewhere_may_have_registered_a_minute_ago() {
        at("/realms/admin/account");
        when(context.getBearerToken()).thenReturn(mock(Token.class));

        assertThat(Asker.of(context)).isEqualTo(Asker.CLAIMANT);
    }

    @ParameterizedTest
    @EnumSource
    void phone_numbers_are_typed_by_people_and_not_by_other_identity_providers_or_clients(Asker asker) {
        assertThat(asker.meansIdentifiers())
                .isEqualTo(Set.of(Asker.ADMINISTRATOR, Asker.VISITOR, Asker.CLAIMANT)
                        .contains(asker));
    }

    @Test
    void the_servers_own_work_is_trusted() {
        when(context.getUri()).thenThrow(new ContextNotActiveException());

        assertThat(Asker.of(context)).isEqualTo(Asker.TRUSTED);
    }

    private void at(String path) {
        var uri = mock(KeycloakUriInfo.class);
        when(uri.getPath()).thenReturn(path);
        when(context.getUri()).thenReturn(uri);
    }
}
