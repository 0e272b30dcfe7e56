package io.github.keycloakgigya.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.client.Deadlines.CallLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpVersion;
import org.apache.http.NoHttpResponseException;
import org.apache.http.client.config.CookieSpecs;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicStatusLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;

/** What one attempt asks of the server's HTTP client, and what it makes of that client's failures. */
class HttpExchangeTest {

    private static final int MAX_BYTES = 10;
    private static final CallLimits LIMITS =
            new CallLimits(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(60), MAX_BYTES);
    private static final FormRequest REQUEST =
            FormRequest.to(URI.create("https://accounts.eu1.gigya.com/accounts.getJWT"), Map.of("UID", "a b"));

    private final Deadlines watchdog = new Deadlines();
    private final CloseableHttpClient http =
            mock(CloseableHttpClient.class, withSettings().extraInterfaces(Configurable.class));

    @BeforeEach
    void answer() throws IOException {
        answerWith(new ByteArrayEntity(new byte[MAX_BYTES]));
    }

    @AfterEach
    void end() {
        watchdog.close();
        assertThat(Thread.interrupted()).as("an interrupt that no test expects").isFalse();
    }

    private void answerWith(HttpEntity entity) throws IOException {
        var response = mock(CloseableHttpResponse.class);
        when(response.getStatusLine()).thenReturn(new BasicStatusLine(HttpVersion.HTTP_1_1, 200, "OK"));
        when(response.getEntity()).thenReturn(entity);
        when(http.execute(any(HttpPost.class), any(HttpClientContext.class))).thenReturn(response);
    }

    private HttpExchange exchange(CallLimits limits) {
        return new HttpExchange(http, watchdog, limits);
    }

    private HttpExchange whoseTimeIsOver() {
        var one = Duration.ofMillis(1);
        var exchange = exchange(new CallLimits(one, one, one, 1));
        await().until(() -> !exchange.isStale(new NoHttpResponseException("dropped")));
        return exchange;
    }

    private HttpPost sent(ApiMethod method, FormRequest request) throws Exception {
        exchange(LIMITS).send(method, request);
        var post = ArgumentCaptor.forClass(HttpPost.class);
        verify(http).execute(post.capture(), any(HttpClientContext.class));
        return post.getValue();
    }

    @Test
    void the_body_of_an_answer_has_the_read_timeout_anew_once_its_head_is_there() throws Exception {
        var limits = new CallLimits(Duration.ofSeconds(20), Duration.ofMillis(1500), Duration.ofSeconds(60), MAX_BYTES);
        var partOfIt = Duration.ofMillis(1000);
        var response = mock(CloseableHttpResponse.class);
        when(response.getStatusLine()).thenReturn(new BasicStatusLine(HttpVersion.HTTP_1_1, 200, "OK"));
        when(http.execute(any(HttpPost.class), any(HttpClientContext.class))).thenAnswer(call -> {
            var post = call.<HttpPost>getArgument(0);
            post.getEntity().writeTo(OutputStream.nullOutputStream());
            answeringAfter(partOfIt, post);
            var body = mock(HttpEntity.class);
            when(body.getContent()).thenAnswer(read -> {
                answeringAfter(partOfIt, post);
                return new ByteArrayInputStream(new byte[] {'{', '}'});
            });
            when(response.getEntity()).thenReturn(body);
            return response;
        });

        assertThat(exchange(limits).send(ApiMethod.GET_JWT, REQUEST)).isNotNull();
    }

    // A server that takes its time, towards a client that may have gone meanwhile.
    private static void answeringAfter(Duration time, HttpPost post) throws IOException, InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        if (post.isAborted()) {
            throw new IOException("aborted");
        }
    }

    @Test
    void what_the_operator_set_for_the_client_counts_but_for_what_a_call_must_not_do() throws Exception {
        var proxy = new HttpHost("proxy.example.com", 3128);
        when(((Configurable) http).getConfig())
                .thenReturn(RequestConfig.custom()
                        .setProxy(proxy)
                        .setRedirectsEnabled(true)
                        .setExpectContinueEnabled(true)
                        .setCookieSpec(CookieSpecs.STANDARD)
                        .setSocketTimeout(-1)
                        .build());

        var config = sent(ApiMethod.GET_JWT, REQUEST).getConfig();

        assertThat(config.getProxy()).isEqualTo(proxy);
        assertThat(config.isRedirectsEnabled()).isFalse();
        assertThat(config.isExpectContinueEnabled()).isFalse();
        assertThat(config.getCookieSpec()).isEqualTo(CookieSpecs.IGNORE_COOKIES);
        assertThat(config.getConnectTimeout()).isEqualTo(20_000);
        assertThat(config.getConnectionRequestTimeout()).isEqualTo(20_000);
        assertThat(config.getSocketTimeout())
                .as("a little after the alarm, which comes at the deadline at the latest")
                .isBetween(55_000, 60_200);
    }

    @Test
    void a_client_without_settings_of_its_own_will_do() throws Exception {
        assertThat(sent(ApiMethod.GET_JWT, REQUEST).getConfig().isRedirectsEnabled())
                .isFalse();
    }

    @Test
    void the_form_is_posted_as_utf_8_with_the_token_beside_it() throws Exception {
        var post = sent(ApiMethod.GET_JWT, REQUEST.with("x", "\u00E9").withBearerToken("token"));

        assertThat(post.getEntity().getContentType().getValue())
                .isEqualTo("application/x-www-form-urlencoded; charset=UTF-8");
        assertThat(post.getFirstHeader("Authorization").getValue()).isEqualTo("Bearer token");
        assertThat(post.getEntity().getContent()).hasContent("UID=a+b&x=%C3%A9");
    }

    @ParameterizedTest
    @EnumSource
    void only_what_may_be_sent_twice_can_be(ApiMethod method) throws Exception {
        assertThat(sent(method, REQUEST).getEntity().isRepeatable()).isEqualTo(method.isRepeatable());
    }

    @Test
    void an_answer_is_read_up_to_its_limit_and_not_a_byte_further() throws Exception {
        assertThat(exchange(LIMITS).send(ApiMethod.GET_JWT, REQUEST).body()).hasSize(MAX_BYTES);
    }

    @Test
    void an_answer_without_a_body_is_an_empty_one() throws Exception {
        answerWith(null);

        assertThat(exchange(LIMITS).send(ApiMethod.GET_JWT, REQUEST).body()).isEmpty();
    }

    @Test
    void after_the_deadline_nobody_is_called() {
        var over = whoseTimeIsOver();

        assertThatThrownBy(() -> over.send(ApiMethod.GET_JWT, REQUEST))
                .isInstanceOf(GigyaException.class)
                .hasMessage("accounts.getJWT was not answered in time, which is 1 ms for all calls together");
        verifyNoInteractions(http);
    }

    @Test
    void a_connection_that_the_server_dropped_before_it_took_the_request_is_stale_and_no_other_is() {
        var inTime = exchange(LIMITS);
        var over = whoseTimeIsOver();

        assertThat(inTime.isStale(new NoHttpResponseException("dropped"))).isTrue();
        assertThat(inTime.isStale(new ConnectException("refused"))).isFalse();
        assertThat(over.isStale(new NoHttpResponseException("dropped"))).isFalse();
    }

    @Test
    void an_interrupt_that_the_client_swallowed_is_given_back_and_a_timeout_is_none() {
        exchange(LIMITS).failure(ApiMethod.GET_JWT, new SocketTimeoutException("timeout"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        exchange(LIMITS).failure(ApiMethod.GET_JWT, new InterruptedIOException("interrupted"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_interrupted_thread_calls_nobody() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> exchange(LIMITS).send(ApiMethod.GET_JWT, REQUEST))
                .isInstanceOf(GigyaException.class)
                .hasMessage("accounts.getJWT was not called: the thread is interrupted");
        verifyNoInteractions(http);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_failure_names_the_method_and_the_kind_of_trouble() {
        assertThat(exchange(LIMITS).failure(ApiMethod.GET_JWT, new ConnectException("refused")))
                .hasMessage("accounts.getJWT had no answer (ConnectException)")
                .hasNoCause();
    }
}
