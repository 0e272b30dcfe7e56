package io.github.keycloakgigya.federation.session;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Optional;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Stands for a request where there is none, as in a sync. Keycloak wants its own address for each message to a client, and
 * takes it from the request where the server option {@code hostname} does not name it whole. It is the address at which the
 * person signed in, which the session remembers.
 */
final class EarlierRequest {

    private static final String REALMS = "/realms/";
    private static final URI NOWHERE = URI.create("https://localhost/");

    private EarlierRequest() {}

    /** Makes it that of a session's sign-in, unless there is one. */
    static void standIn(KeycloakContext context, RealmModel realm, UserSessionModel ended) {
        if (isMissing(context)) {
            var base = address(ended).orElse(NOWHERE);
            context.setHttpRequest(proxy(HttpRequest.class, "getUri", uri(base)));
            // Forgets the address of the request before.
            context.setRealm(realm);
        }
    }

    private static boolean isMissing(KeycloakContext context) {
        try {
            var request = context.getHttpRequest();
            return request == null || Proxy.isProxyClass(request.getClass());
        } catch (ContextNotActiveException none) {
            return true;
        }
    }

    private static Optional<URI> address(UserSessionModel ended) {
        return ended.getAuthenticatedClientSessions().values().stream()
                .map(client -> client.getNote(OIDCLoginProtocol.ISSUER))
                .filter(issuer -> issuer != null && issuer.contains(REALMS))
                .findFirst()
                .map(issuer -> URI.create(issuer.substring(0, issuer.indexOf(REALMS) + 1)));
    }

    private static UriInfo uri(URI base) {
        return (UriInfo) Proxy.newProxyInstance(
                EarlierRequest.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getBaseUri", "getRequestUri", "getAbsolutePath" -> base;
                    case "getBaseUriBuilder", "getRequestUriBuilder", "getAbsolutePathBuilder" ->
                        UriBuilder.fromUri(base);
                    default -> throw new ContextNotActiveException();
                });
    }

    private static <T> T proxy(Class<T> type, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                EarlierRequest.class.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        return answer;
                    }
                    throw new ContextNotActiveException();
                }));
    }
}
