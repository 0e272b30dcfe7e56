package io.github.keycloakgigya.api.client;

import static io.github.keycloakgigya.api.FailureKind.MISCONFIGURED;
import static io.github.keycloakgigya.api.FailureKind.UNAVAILABLE;
import static io.github.keycloakgigya.api.client.GigyaCall.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import io.github.keycloakgigya.api.client.Deadlines.CallLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.client.LaxRedirectStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenServerTest {

    private static final CallLimits LIMITS =
            new CallLimits(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(600), 1 << 20);
    private static final CallLimits PATIENT_READ =
            new CallLimits(Duration.ofMillis(5000), Duration.ofMillis(5000), Duration.ofMillis(500), 1 << 20);
    private static final CallLimits UNHURRIED = Clients.LIMITS;
    private static final Duration SLACK = Duration.ofMillis(600);
    private static final String ACCOUNT = "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true}";
    private static final LoginRequest LOGIN = new LoginRequest("a", "b", Optional.empty());

    private final Clients clients = new Clients();
    private LocalServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        clients.close();
    }

    @Test
    void a_silent_server_is_left_after_the_read_timeout() {
        server.does(Behaviour.silence());

        assertUnavailableWithin(LIMITS.read(), client(LIMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_server_that_has_vanished_is_left_after_the_read_timeout(String version) throws IOException {
        var limits = new CallLimits(Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ofSeconds(3), 1 << 20);
        var sockets = new SSLConnectionSocketFactory(
                LocalTls.INSTANCE.client(), new String[] {version}, null, new DefaultHostnameVerifier());
        try (var http = HttpClients.custom().setSSLSocketFactory(sockets).build();
                var watchdog = new Deadlines()) {
            for (var behaviour :
                    List.of(Behaviour.vanish(), Behaviour.vanishHalfway(), Behaviour.vanishAfter((1 << 20) + 1))) {
                server.reset();
                server.does(behaviour);

                assertUnavailableWithin(limits.read(), client(http, watchdog, limits));
                assertUnavailableWithin(limits.read(), client(http, watchdog, limits));

                assertThat(server.requests()).as("no second attempt").hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_answer_that_is_too_large_is_left_at_once_although_its_server_does_not_hang_up(String version)
            throws IOException {
        var limits = new CallLimits(Duration.ofSeconds(8), Duration.ofSeconds(8), Duration.ofSeconds(10), 1 << 20);
        var sockets = new SSLConnectionSocketFactory(
                LocalTls.INSTANCE.client(), new String[] {version}, null, new DefaultHostnameVerifier());
        server.does(Behaviour.vanishAfter((1 << 20) + 100_000));
        try (var http = HttpClients.custom().setSSLSocketFactory(sockets).build();
                var watchdog = new Deadlines()) {
            long start = System.nanoTime();

            var failure = failureOf(() -> client(http, watchdog, limits).getAccountInfo(new Uid("uid-1")));

            assertThat(failure.isTooLarge()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void a_server_that_sends_a_byte_now_and_then_is_left_at_the_deadline() {
        server.does(Behaviour.drip());

        assertUnavailableWithin(LIMITS.total(), client(LIMITS));
        assertUnavailableWithin(PATIENT_READ.total(), client(PATIENT_READ));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 1000})
    void a_connection_that_drips_inside_of_tls_is_left_at_the_deadline(int freeBytes) throws IOException {
        server.does(Behaviour.http("200 OK", "", "{\"padding\":\"" + "x".repeat(100_000) + "\"}"));
        try (var proxy = new DrippingProxy(server.port(), freeBytes)) {
            var client = clients.of(proxy.site(), Clients.SIGNED, new ServerClock(), LIMITS);

            assertUnavailableWithin(LIMITS.total(), client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void an_answer_that_drips_inside_of_a_tls_record_is_left_at_the_deadline(String version) throws IOException {
        server.does(Behaviour.json("{\"padding\":\"" + "x".repeat(100_000) + "\"}"));
        var sockets = new SSLConnectionSocketFactory(
                LocalTls.INSTANCE.client(), new String[] {version}, null, new DefaultHostnameVerifier());
        try (var proxy = new DrippingProxy(server.port(), 6000);
                var http = HttpClients.custom().setSSLSocketFactory(sockets).build();
                var watchdog = new Deadlines()) {
            for (int call = 0; call < 2; call++) {
                var client = new GigyaClient(
                        proxy.site(),
                        Clients.SIGNED,
                        http,
                        new ServerClock(),
                        watchdog,
                        PATIENT_READ,
                        CallGate.OPEN,
                        CallObserver.NONE);

                assertUnavailableWithin(PATIENT_READ.total(), client);
            }
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void a_port_that_accepts_and_says_nothing_is_left_at_the_deadline() throws IOException {
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var site = new GigyaSite(ApiDomain.custom("localhost:" + listener.getLocalPort()), "3_key");

            assertUnavailableWithin(
                    PATIENT_READ.total(), clients.of(site, Clients.SIGNED, new ServerClock(), PATIENT_READ));
        }
    }

    @Test
    void a_refused_connection_is_unavailable_at_once() throws IOException {
        server.close();

        assertUnavailableWithin(Duration.ZERO, client(LIMITS));
    }

    @Test
    void a_host_that_does_not_exist_is_unavailable() {
        var site = new GigyaSite(ApiDomain.custom("nowhere.invalid"), "3_key");

        var failure = failureOf(() -> clients.of(site).getAccountInfo(new Uid("uid-1")));

        assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
        assertThat(failure).hasMessageContaining("(UnknownHostException)");
    }

    @Test
    void a_certificate_that_is_not_trusted_is_unavailable_and_says_so() throws IOException {
        server.does(Behaviour.json(ACCOUNT));
        try (var strangers = HttpClients.createDefault();
                var watchdog = new Deadlines()) {
            var client = client(strangers, watchdog);

            var failure = failureOf(() -> client.getAccountInfo(new Uid("uid-1")));

            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(failure).hasMessageContaining("SSLHandshakeException").hasMessageContaining("CertPath");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void the_total_time_spans_all_calls_of_a_client() throws GigyaException {
        server.does(Behaviour.json(ACCOUNT), Behaviour.silence());
        var limits = new CallLimits(Duration.ofSeconds(1), Duration.ofMillis(400), Duration.ofMillis(600), 1 << 20);
        var client = client(limits);
        client.getAccountInfo(new Uid("uid-1"));

        assertUnavailableWithin(limits.total(), () -> {
            failureOf(() -> client.getAccountInfo(new Uid("uid-1")));
            client.getAccountInfo(new Uid("uid-1"));
        });
        assertUnavailableWithin(Duration.ZERO, client);
        assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1")))).hasMessageContaining("600 ms");
    }

    @Test
    void half_an_answer_is_unavailable() {
        server.does(Behaviour.halfAnswer());

        assertUnavailableWithin(Duration.ZERO, client(LIMITS));
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html><body>mail@x.example</body></html>",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true",
                "{\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true}{}",
                "{\"errorCode\":0,\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true}",
                "{\"errorCode\":0,\"UID\":\"uid-2\",\"UID\":\"uid-1\",\"isActive\":true}",
                "{\"errorCode\":\"0\",\"UID\":\"uid-1\",\"isActive\":true}",
                "{\"errorCode\":null,\"UID\":\"uid-1\",\"isActive\":true}",
                "{\"errorCode\":0.5,\"UID\":\"uid-1\",\"isActive\":true}",
                "{\"errorCode\":4294967296,\"UID\":\"uid-1\",\"isActive\":true}",
                "{\"errorCode\":-1,\"UID\":\"uid-1\",\"isActive\":true}",
                "[]",
                "null",
                "\"text\"",
                "gigya.callback({\"errorCode\":0,\"UID\":\"uid-1\",\"isActive\":true})"
            })
    void an_answer_of_another_shape_is_unavailable(String body) {
        server.does(Behaviour.json(body));

        var failure = failureOf(() -> client(LIMITS).getAccountInfo(new Uid("uid-1")));

        assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
        assertThat(failure).hasNoCause().hasMessageNotContaining("mail@");
    }

    @Test
    void deep_nesting_is_unavailable() {
        server.does(Behaviour.json("{\"errorCode\":0,\"data\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}"));

        assertUnavailableWithin(Duration.ZERO, client(LIMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Internal Server Error", "502 Bad Gateway", "404 Not Found", "204 No Content"})
    void a_status_without_an_error_of_gigyas_is_unavailable(String status) {
        server.does(Behaviour.http(status, "", status.startsWith("204") ? "" : ACCOUNT));

        assertUnavailableWithin(Duration.ZERO, client(LIMITS));
    }

    @Test
    void an_answer_of_2_mb_is_not_read_to_its_end() {
        server.does(Behaviour.json("{\"errorCode\":0,\"padding\":\"" + "x".repeat(2 << 20) + "\"}"));

        assertThat(failureOf(() -> client(LIMITS).getAccountInfo(new Uid("uid-1")))
                        .isTooLarge())
                .isTrue();
    }

    @Test
    void an_answer_that_unpacks_to_32_mb_is_not_unpacked_to_its_end() {
        var bomb = Behaviour.gzip(new byte[32 << 20]);
        server.does(Behaviour.http("200 OK", "Content-Encoding: gzip\r\n", bomb));

        assertThat(failureOf(() -> client(LIMITS).getAccountInfo(new Uid("uid-1")))
                        .isTooLarge())
                .isTrue();
    }

    @Test
    void a_packed_answer_is_read() throws GigyaException {
        var packed = Behaviour.gzip(ACCOUNT.getBytes(StandardCharsets.UTF_8));
        server.does(Behaviour.http("200 OK", "Content-Encoding: gzip\r\n", packed));

        assertThat(client(LIMITS).getAccountInfo(new Uid("uid-1")).active()).isTrue();
    }

    @Test
    void damaged_packing_is_unavailable() {
        server.does(Behaviour.http("200 OK", "Content-Encoding: gzip\r\n", ACCOUNT));

        assertUnavailableWithin(Duration.ZERO, client(LIMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect"})
    void a_redirect_is_not_followed_even_by_a_client_that_would(String status) throws IOException {
        server.does(
                Behaviour.http(status, "Location: https://localhost:" + server.port() + "/elsewhere\r\n", ""),
                Behaviour.json(ACCOUNT));
        try (var follower = HttpClients.custom()
                        .setSSLContext(LocalTls.INSTANCE.client())
                        .setRedirectStrategy(LaxRedirectStrategy.INSTANCE)
                        .build();
                var watchdog = new Deadlines()) {
            var client = client(follower, watchdog);

            assertThat(failureOf(() -> client.getAccountInfo(new Uid("uid-1"))).kind())
                    .isEqualTo(MISCONFIGURED);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_login_is_not_sent_twice_even_by_a_client_that_would() throws IOException {
        server.does(Behaviour.hangUp(), Behaviour.json(ACCOUNT));
        try (var eager = HttpClients.custom()
                        .setSSLContext(LocalTls.INSTANCE.client())
                        .setRetryHandler(new DefaultHttpRequestRetryHandler(3, true))
                        .build();
                var watchdog = new Deadlines()) {
            var client = client(eager, watchdog);

            assertThat(failureOf(() -> client.login(LOGIN)).kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void an_interrupted_thread_calls_nobody_and_stays_interrupted() {
        server.does(Behaviour.json(ACCOUNT));
        var client = client(LIMITS);
        Thread.currentThread().interrupt();
        try {
            var failure = failureOf(() -> client.getAccountInfo(new Uid("uid-1")));

            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(server.requests()).isEmpty();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void a_thread_interrupted_while_it_waits_is_still_interrupted_afterwards() throws InterruptedException {
        var caller = Thread.currentThread();
        server.does(socket -> caller.interrupt());
        try {
            var failure = failureOf(() -> client(LIMITS).getAccountInfo(new Uid("uid-1")));

            assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void a_thread_interrupted_while_it_waits_for_a_connection_returns_at_once() throws Exception {
        server.does(Behaviour.json(ACCOUNT));
        try (var single = HttpClients.custom()
                        .setSSLContext(LocalTls.INSTANCE.client())
                        .setMaxConnTotal(1)
                        .build();
                var unread = single.execute(new HttpGet("https://localhost:" + server.port()));
                var watchdog = new Deadlines()) {
            var limits = new CallLimits(Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ofSeconds(9), 1 << 20);
            var outcome = new CompletableFuture<FailureKind>();
            var caller = new Thread(() -> {
                var failure = failureOf(() -> client(single, watchdog, limits).getAccountInfo(new Uid("uid-1")));
                outcome.complete(Thread.currentThread().isInterrupted() ? failure.kind() : MISCONFIGURED);
            });
            caller.start();
            await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
            caller.interrupt();

            assertThat(outcome).succeedsWithin(Duration.ofSeconds(2)).isEqualTo(UNAVAILABLE);
            assertThat(unread.getStatusLine().getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void after_a_failure_the_next_call_of_another_client_works() throws GigyaException {
        server.does(Behaviour.silence(), Behaviour.json(ACCOUNT));
        failureOf(() -> client(LIMITS).getAccountInfo(new Uid("uid-1")));

        assertThat(client(LIMITS).getAccountInfo(new Uid("uid-1")).uid()).isEqualTo(new Uid("uid-1"));
    }

    @Test
    void a_node_that_shuts_down_calls_nobody() throws IOException {
        server.does(Behaviour.json(ACCOUNT));
        try (var http = HttpClients.createDefault()) {
            var watchdog = new Deadlines();
            watchdog.close();

            assertThat(failureOf(() -> client(http, watchdog).getAccountInfo(new Uid("uid-1")))
                            .kind())
                    .isEqualTo(UNAVAILABLE);
        }
    }

    @Test
    void a_client_whose_pool_is_shut_down_calls_nobody() throws IOException {
        var http = HttpClients.createDefault();
        http.close();
        try (var watchdog = new Deadlines()) {
            assertThat(failureOf(() -> client(http, watchdog).getAccountInfo(new Uid("uid-1")))
                            .kind())
                    .isEqualTo(UNAVAILABLE);
        }
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        var second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> new CallLimits(Duration.ZERO, second, second, 1))
                .hasMessageContaining("connect");
        assertThatThrownBy(() -> new CallLimits(second, Duration.ofDays(99), second, 1))
                .hasMessageContaining("read");
        assertThatThrownBy(() -> new CallLimits(second, second, second.negated(), 1))
                .hasMessageContaining("total");
        assertThatThrownBy(() -> new CallLimits(second, second, second, 0)).hasMessageContaining("maxAnswerBytes");
    }

    private GigyaClient client(CallLimits limits) {
        return clients.of(server.site(), Clients.SIGNED, new ServerClock(), limits);
    }

    private GigyaClient client(CloseableHttpClient http, Deadlines watchdog) {
        return client(http, watchdog, UNHURRIED);
    }

    private GigyaClient client(CloseableHttpClient http, Deadlines watchdog, CallLimits limits) {
        return new GigyaClient(
                server.site(),
                Clients.SIGNED,
                http,
                new ServerClock(),
                watchdog,
                limits,
                CallGate.OPEN,
                CallObserver.NONE);
    }

    private static void assertUnavailableWithin(Duration limit, GigyaClient client) {
        assertUnavailableWithin(limit, () -> client.getAccountInfo(new Uid("uid-1")));
    }

    private static void assertUnavailableWithin(Duration limit, GigyaCall call) {
        long start = System.nanoTime();
        var failure = failureOf(call);
        var took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(failure.kind()).isEqualTo(UNAVAILABLE);
        assertThat(took).isLessThan(limit.plus(SLACK));
    }
}
