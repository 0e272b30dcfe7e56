package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenExpectation.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Ties proofs to one login in one browser, and remembers since when that login demands a new sign-in at Gigya. */
public final class LoginBinding {

    private static final String AUDIENCE = "gigya.audience";
    private static final String FRESH_SINCE = "gigya.fresh-since";
    private static final String ASKED_AGAIN = "gigya.askedAgain";

    private final AuthenticationSessionModel login;
    private final String audienceNote;

    private LoginBinding(AuthenticationSessionModel login, String audienceNote) {
        this.login = login;
        this.audienceNote = audienceNote;
    }

    /**
     * {@return what ties proofs to a login} It is kept in the login itself and ends with it. A restarted login has a new
     * audience.
     */
    public static LoginBinding of(AuthenticationSessionModel login) {
        return new LoginBinding(login, AUDIENCE);
    }

    /** {@return what ties proofs to a login at one identity provider} What was made for one is of no use at another. */
    public static LoginBinding of(AuthenticationSessionModel login, String providerAlias) {
        return new LoginBinding(login, AUDIENCE + "." + providerAlias);
    }

    /**
     * {@return the audience that the page asks Gigya's tokens to be made for} Nobody can guess it, and nobody but the
     * browser of this login is told.
     */
    String newOrKnownAudience() {
        return audience().orElseGet(() -> {
            var audience = "keycloak-" + SecretGenerator.getInstance().randomString(32);
            login.setAuthNote(audienceNote, audience);
            return audience;
        });
    }

    /** {@return the audience that this login's page was given; empty where no page was shown} */
    public Optional<String> audience() {
        return Optional.ofNullable(login.getAuthNote(audienceNote));
    }

    /** {@return which tokens this login takes} */
    AcceptedTokens accepted(SignInSettings settings) throws SignInException {
        if (settings.loginProof() == LoginProof.UID_SIGNATURE || !settings.bindProofToSession()) {
            return AcceptedTokens.ofSignIns();
        }
        return AcceptedTokens.madeFor(audience()
                .orElseThrow(() -> SignInException.of(
                        SignInError.PROOF_INVALID, "this login's page was not shown before it was posted")));
    }

    /** Demands a sign-in at Gigya that is newer than the first demand. A restart of the login does not lift it. */
    void demandFreshSignIn(Instant now) {
        if (login.getClientNote(FRESH_SINCE) == null) {
            login.setClientNote(FRESH_SINCE, Long.toString(now.toEpochMilli()));
        }
    }

    /** {@return since when a new sign-in at Gigya is demanded; empty where an open session will do} */
    public Optional<Instant> freshSince() {
        return Optional.ofNullable(login.getClientNote(FRESH_SINCE))
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli);
    }

    /** {@return whether this login's page has asked Gigya again by itself, after a proof that was used before} */
    boolean hasAskedAgain() {
        return login.getAuthNote(ASKED_AGAIN) != null;
    }

    /** Notes that the page asks Gigya again by itself. */
    void askAgain() {
        login.setAuthNote(ASKED_AGAIN, Boolean.TRUE.toString());
    }

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
}
