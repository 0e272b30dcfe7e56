package io.github.keycloakgigya.federation.lookup;

import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Arrays;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakContext;

/** Who has a name looked up, as far as Keycloak knows at that moment. */
enum Asker {
    /** Looks for users, and asks as often as need be. */
    ADMINISTRATOR,
    /**
     * Somebody for whom a client or another identity provider vouches, or the server itself: asks as often as need be.
     * What they call somebody is a user name, and nothing that a person types.
     */
    TRUSTED,
    /**
     * Anybody who signs in, or has lost a password. From a name that was not looked up he must not learn that others
     * are there. So it is nobody's for the moment, which counts against nobody.
     */
    VISITOR,
    /** Anybody who wants a name or an address, when registering say. Nobody may get one because it was not looked up. */
    CLAIMANT,
    /**
     * Somebody who comes from another identity provider for the first time, under a name that was chosen there: wants it
     * as a claimant does, and is not to be taken for whoever signs in by it.
     */
    NEWCOMER;

    /** {@return whether what this one asks for counts, where it is nobody's} */
    boolean isCounted() {
        return this != ADMINISTRATOR && this != TRUSTED;
    }

    /** {@return whether a name that was not looked up might be taken} */
    boolean isClaiming() {
        return this == CLAIMANT || this == NEWCOMER;
    }

    /** {@return whether what is asked for may be a phone number or another identifier, and not only a user name} */
    boolean meansIdentifiers() {
        return this != TRUSTED && this != NEWCOMER;
    }

    static Asker of(KeycloakContext context) {
        try {
            var path = parts(context.getUri().getPath());
            if (context.getBearerToken() != null) {
                // Who is signed in may have made the account a minute ago.
                return !path.isEmpty() && path.get(0).equals("admin") ? ADMINISTRATOR : CLAIMANT;
            }
            return of(path, context);
        } catch (ContextNotActiveException noRequest) {
            return TRUSTED;
        }
    }

    // Keycloak's addresses for visitors are realms/{realm}/{what}/{more}.
    private static Asker of(List<String> path, KeycloakContext context) {
        return switch (path.size() > 2 ? path.get(2) : "") {
            case "broker" -> TRUSTED;
            case "login-actions" -> ofPage(path.size() > 3 ? path.get(3) : "");
            case "protocol" -> ofProtocol(path.get(path.size() - 1), context);
            default -> VISITOR;
        };
    }

    private static Asker ofPage(String page) {
        return switch (page) {
            case "authenticate", "reset-credentials" -> VISITOR;
            case "first-broker-login", "post-broker-login" -> NEWCOMER;
            default -> CLAIMANT;
        };
    }

    // At the token endpoint, a client or a token vouches for all but a password.
    private static Asker ofProtocol(String endpoint, KeycloakContext context) {
        return endpoint.equals("token") && !isPasswordGrant(context) ? TRUSTED : VISITOR;
    }

    private static boolean isPasswordGrant(KeycloakContext context) {
        var form = context.getHttpRequest().getDecodedFormParameters();
        return OAuth2Constants.PASSWORD.equals(form.getFirst(OAuth2Constants.GRANT_TYPE));
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> part.replaceFirst(";.*", ""))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
