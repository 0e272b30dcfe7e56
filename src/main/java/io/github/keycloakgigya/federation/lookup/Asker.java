package io.github.keycloakgigya.federation.lookup;

import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Arrays;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakContext;

/** Who has a name looked up, as far as Keycloak knows at that moment. */
enum Asker {
    /**
     * An administrator, somebody for whom a client or another identity provider vouches, or the server itself: asks as
     * often as need be.
     */
    TRUSTED,
    /**
     * Anybody who signs in, or has lost a password. From a name that was not looked up he must not learn that others
     * are there. So it is nobody's for the moment, which counts against nobody.
     */
    VISITOR,
    /** Anybody who wants a name or an address, when registering say. Nobody may get one because it was not looked up. */
    CLAIMANT;

    static Asker of(KeycloakContext context) {
        try {
            var path = parts(context.getUri().getPath());
            if (context.getBearerToken() != null) {
                // Who is signed in may have made the account a minute ago.
                return !path.isEmpty() && path.get(0).equals("admin") ? TRUSTED : CLAIMANT;
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
