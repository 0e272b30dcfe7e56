package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.client.HttpExchange.AnswerTooLargeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.ClientProtocolException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.HttpHostConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever ends an attempt, its exception may quote what was sent or answered, at any depth, and nothing of that is told. */
class HttpFailureTest {

    private static final String TOLD_BY_NOBODY = "e30.hunter2.c2ln";

    private final HttpExchange exchange = new HttpExchange(null, null, Clients.LIMITS);

    static Stream<IOException> ends() throws IOException {
        var host = new HttpHost(TOLD_BY_NOBODY);
        var address = InetAddress.getByAddress(TOLD_BY_NOBODY, new byte[] {127, 0, 0, 1});
        return Stream.of(
                new SocketException(TOLD_BY_NOBODY),
                new ConnectException(TOLD_BY_NOBODY),
                new HttpHostConnectException(new ConnectException(TOLD_BY_NOBODY), host, address),
                new ConnectTimeoutException(new SocketTimeoutException(TOLD_BY_NOBODY), host, address),
                new SocketTimeoutException(TOLD_BY_NOBODY),
                new InterruptedIOException(TOLD_BY_NOBODY),
                new UnknownHostException(TOLD_BY_NOBODY),
                new SSLPeerUnverifiedException("the names of the certificate are " + TOLD_BY_NOBODY),
                causedBy(new SSLHandshakeException("no trust"), new CertificateException("of " + TOLD_BY_NOBODY)),
                new NoHttpResponseException(TOLD_BY_NOBODY),
                new MalformedChunkCodingException(TOLD_BY_NOBODY),
                new ClientProtocolException(new HttpException(TOLD_BY_NOBODY)),
                new EOFException(TOLD_BY_NOBODY),
                new IOException(TOLD_BY_NOBODY, new IllegalStateException(TOLD_BY_NOBODY)),
                new AnswerTooLargeException(1));
    }

    @AfterEach
    void go_on() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_failure_tells_its_kind_and_quotes_nothing(IOException end) {
        end.addSuppressed(new IOException(TOLD_BY_NOBODY));

        var failure = exchange.failure(ApiMethod.LOGIN, end);
        failure.addSuppressed(end);

        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(failure).hasNoCause().hasMessageContaining(end.getClass().getSimpleName());
        assertThat(log(failure)).doesNotContain(TOLD_BY_NOBODY);
    }

    @Test
    void a_failure_names_the_kinds_of_all_its_causes() {
        var end = causedBy(new SSLHandshakeException(""), new CertificateException(new IllegalStateException()));

        assertThat(exchange.failure(ApiMethod.LOGIN, end))
                .hasMessage("accounts.login had no answer (SSLHandshakeException, CertificateException,"
                        + " IllegalStateException)");
    }

    @Test
    void causes_that_go_in_a_circle_end_all_the_same() {
        var end = new IOException();
        end.initCause(new IllegalStateException(end));

        assertThat(exchange.failure(ApiMethod.LOGIN, end))
                .hasMessage("accounts.login had no answer (IOException, IllegalStateException)");
    }

    @Test
    void an_interrupted_thread_stays_interrupted() {
        exchange.failure(ApiMethod.LOGIN, new InterruptedIOException());

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    private static IOException causedBy(IOException end, Throwable cause) {
        end.initCause(cause);
        return end;
    }

    // As a server logs what nobody caught.
    private static String log(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
