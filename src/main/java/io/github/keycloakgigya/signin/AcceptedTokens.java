package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;

/**
 * Which tokens prove a sign-in at a door.
 *
 * <p>A token of {@code accounts.getJWT} proves a sign-in only where it was made for the one who receives it: without an
 * audience it may have been made by a server, and handed on to others. The token of a sign-in itself has no audience.
 *
 * @param audiences for whom tokens of {@code accounts.getJWT} may have been made
 * @param signIns whether the token that comes along with a sign-in will do
 */
public record AcceptedTokens(Set<String> audiences, boolean signIns) {

    public AcceptedTokens {
        audiences = Set.copyOf(audiences);
        if (audiences.isEmpty() && !signIns) {
            throw new IllegalArgumentException("a door accepts some token");
        }
    }

    /** {@return tokens of {@code accounts.getJWT} for exactly this audience, and no others} */
    public static AcceptedTokens madeFor(String audience) {
        return new AcceptedTokens(Set.of(audience), false);
    }

    /** {@return tokens that came along with a sign-in, and no others} */
    public static AcceptedTokens ofSignIns() {
        return new AcceptedTokens(Set.of(), true);
    }

    /** {@return what an app may show: a token made for the realm, or one that came along with its sign-in} */
    public static AcceptedTokens ofApps(KeycloakSession session) {
        return new AcceptedTokens(Set.of(issuer(session)), true);
    }

    /** {@return what stands for the realm where tokens are made for it: its issuer, as OpenID Connect has it} */
    public static String issuer(KeycloakSession session) {
        var context = session.getContext();
        return Urls.realmIssuer(
                context.getUri().getBaseUri(), context.getRealm().getName());
    }

    /** {@return what a token must be, in the order in which it is tried} */
    List<TokenExpectation> expectations(Set<String> apiKeys, Duration maxAge) {
        var madeForUs = audiences.stream()
                .map(audience -> TokenExpectation.proof(TokenKind.ACCOUNT, apiKeys, maxAge)
                        .forAudience(audience));
        var ofSignIn = signIns
                ? Stream.of(TokenExpectation.proof(TokenKind.SIGN_IN, apiKeys, maxAge))
                : Stream.<TokenExpectation>empty();
        return Stream.concat(madeForUs, ofSignIn).toList();
    }
}
