package io.github.keycloakgigya.federation.session;

import io.github.keycloakgigya.settings.connector.LogoutMessages.LogoutMessage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpStatus;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
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

    /**
     * The HTTP client that Keycloak's logout gets: what is to be posted is written down and taken for done, so that no
     * client is waited for while the transaction is open. What is not posted goes the ordinary way.
     */
    static final class WrittenRequests {

        private WrittenRequests() {}

        /**
         * {@return a provider of such a client}
         *
         * @param server the provider whose client sends all else
         * @param messages takes what was to be posted
         */
        static HttpClientProvider over(HttpClientProvider server, Consumer<LogoutMessage> messages) {
            // The methods of the interface differ between Keycloak 26.5 and 26.7.
            return (HttpClientProvider) Proxy.newProxyInstance(
                    HttpClientProvider.class.getClassLoader(),
                    new Class<?>[] {HttpClientProvider.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getHttpClient" -> new Client(server, messages);
                        case "postText" -> written(messages, (String) arguments[0], (String) arguments[1]);
                        default -> {
                            try {
                                yield method.invoke(server, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }
                    });
        }

        private static int written(Consumer<LogoutMessage> messages, String address, String text) {
            var content = new StringEntity(text, ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8));
            messages.accept(new LogoutMessage(URI.create(address), content));
            return HttpStatus.SC_NO_CONTENT;
        }

        private static final class Client extends CloseableHttpClient {

            private final HttpClientProvider server;
            private final Consumer<LogoutMessage> messages;

            Client(HttpClientProvider server, Consumer<LogoutMessage> messages) {
                this.server = server;
                this.messages = messages;
            }

            @Override
            protected CloseableHttpResponse doExecute(HttpHost target, HttpRequest request, HttpContext context)
                    throws IOException {
                if (request instanceof HttpPost post && post.getEntity() != null) {
                    messages.accept(LogoutMessage.of(post));
                    return new Taken();
                }
                return server.getHttpClient().execute(target, request, context);
            }

            @Override
            public void close() {
                // The server's client stays open.
            }

            @Override
            @Deprecated // as HttpClient has it
            public HttpParams getParams() {
                return server.getHttpClient().getParams();
            }

            @Override
            @Deprecated // as HttpClient has it
            public ClientConnectionManager getConnectionManager() {
                return server.getHttpClient().getConnectionManager();
            }
        }

        private static final class Taken extends BasicHttpResponse implements CloseableHttpResponse {

            Taken() {
                super(HttpVersion.HTTP_1_1, HttpStatus.SC_NO_CONTENT, "No Content");
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        }
    }
}
