package io.github.keycloakgigya.federation.session;

import io.github.keycloakgigya.settings.connector.LogoutMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.provider.Provider;
import org.keycloak.sessions.AuthenticationSessionProvider;

/**
 * The session of a request as Keycloak's logout (AuthenticationManager of 26.5 to 26.7) gets it. Three things are
 * different: what is posted to clients is {@link WrittenRequests written down}, the protocols that post it see the same, and
 * the login that the request may be part of is not the one that the logout works with and removes.
 */
final class LogoutSession {

    private final KeycloakSession request;
    private final HttpClientProvider http;

    private LogoutSession(KeycloakSession request, Consumer<LogoutMessage> messages) {
        this.request = request;
        this.http = WrittenRequests.over(request.getProvider(HttpClientProvider.class), messages);
    }

    /**
     * {@return the session}
     *
     * @param messages takes what was to be posted
     */
    static KeycloakSession of(KeycloakSession request, Consumer<LogoutMessage> messages) {
        return proxy(KeycloakSession.class, new LogoutSession(request, messages)::answer);
    }

    private Object answer(KeycloakSession self, Method method, Object... arguments) throws Throwable {
        if (method.getName().equals("getProvider") && arguments[0] == HttpClientProvider.class) {
            return http;
        }
        if (method.getName().equals("getProvider") && arguments[0] == LoginProtocol.class && arguments.length == 2) {
            return protocol(self, (String) arguments[1]);
        }
        return method.getName().equals("authenticationSessions")
                ? logins(request.authenticationSessions())
                : call(request, method, arguments);
    }

    private Provider protocol(KeycloakSession self, String id) {
        return request.getKeycloakSessionFactory()
                .getProviderFactory(LoginProtocol.class, id)
                .create(self);
    }

    // The login of a person who is signed in already has the id of that session, under which the logout looks for its
    // own.
    private static AuthenticationSessionProvider logins(AuthenticationSessionProvider all) {
        return proxy(AuthenticationSessionProvider.class, (self, method, arguments) -> switch (method.getName()) {
            case "getRootAuthenticationSession" -> null;
            case "createRootAuthenticationSession" -> all.createRootAuthenticationSession((RealmModel) arguments[0]);
            default -> call(all, method, arguments);
        });
    }

    private static Object call(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private interface Answer<T> {
        Object of(T self, Method method, Object... arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer<T> answer) {
        return type.cast(Proxy.newProxyInstance(
                LogoutSession.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        answer.of(type.cast(self), method, arguments == null ? new Object[0] : arguments)));
    }
}
