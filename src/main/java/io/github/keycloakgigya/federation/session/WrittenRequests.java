package io.github.keycloakgigya.federation.session;

import io.github.keycloakgigya.settings.connector.LogoutMessage;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
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

/**
 * The HTTP client that Keycloak's logout gets: what is to be posted is written down and taken for done, so that no client
 * is waited for while the transaction is open. What is not posted goes the ordinary way.
 */
final class WrittenRequests {

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
