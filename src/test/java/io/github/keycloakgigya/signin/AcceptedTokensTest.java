package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockStatic;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.signin.LoginBinding.AcceptedTokens;
import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;

class AcceptedTokensTest {

    private static final Set<String> SITES = Set.of("3_site");
    private static final Duration MAX_AGE = Duration.ofSeconds(60);

    private static final TokenExpectation SIGN_IN = TokenExpectation.proof(TokenKind.SIGN_IN, SITES, MAX_AGE);
    private static final TokenExpectation ACCOUNT = TokenExpectation.proof(TokenKind.ACCOUNT, SITES, MAX_AGE);

    @Test
    void a_door_that_accepts_no_token_is_no_door() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AcceptedTokens(Set.of(), false));
    }

    @Test
    void a_token_made_for_one_login_is_taken_there_and_nothing_else() {
        assertThat(AcceptedTokens.madeFor("login").expectations(SITES, MAX_AGE))
                .containsExactly(ACCOUNT.forAudience("login"));
    }

    @Test
    void the_token_of_a_sign_in_has_no_audience() {
        assertThat(AcceptedTokens.ofSignIns().expectations(SITES, MAX_AGE)).containsExactly(SIGN_IN);
    }

    @Test
    void an_app_may_show_a_token_made_for_the_realm_or_that_of_its_sign_in() {
        var session = mock(KeycloakSession.class);
        var context = mock(KeycloakContext.class);
        var uri = mock(KeycloakUriInfo.class);
        var realm = mock(RealmModel.class);
        when(session.getContext()).thenReturn(context);
        when(context.getUri()).thenReturn(uri);
        when(context.getRealm()).thenReturn(realm);
        when(uri.getBaseUri()).thenReturn(URI.create("https://id.example.com/auth/"));
        when(realm.getName()).thenReturn("shop");

        // It builds the address with a library that the server brings.
        try (var urls = mockStatic(Urls.class)) {
            urls.when(() -> Urls.realmIssuer(URI.create("https://id.example.com/auth/"), "shop"))
                    .thenReturn("https://id.example.com/auth/realms/shop");

            assertThat(AcceptedTokens.ofApps(session).expectations(SITES, MAX_AGE))
                    .containsExactly(ACCOUNT.forAudience("https://id.example.com/auth/realms/shop"), SIGN_IN);
        }
    }
}
