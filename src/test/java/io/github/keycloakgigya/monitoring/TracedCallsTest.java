package io.github.keycloakgigya.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.CallObserver.CallEnd;
import io.github.keycloakgigya.api.CallObserver.CallOutcome;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.monitoring.CallMeters.TracedCalls;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TracedCallsTest {

    private static final GigyaSite SITE = new GigyaSite(ApiDomain.of(DataCenter.EU1), "3_the-sites-api-key");
    private static final CallEnd SUCCESS = new CallEnd(CallOutcome.SUCCESS, OptionalInt.empty(), Optional.of("call-1"));

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final SdkTracerProvider traces = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(exported))
            .build();
    private final List<CallOutcome> told = new ArrayList<>();
    private final CallObserver other = new CallObserver() {
        @Override
        public Call begins(ApiMethod method) {
            return end -> told.add(end.outcome());
        }

        @Override
        public void withheld(ApiMethod method) {
            told.add(CallOutcome.THROTTLED);
        }
    };
    private final TracedCalls calls = new TracedCalls(other, traces.get("test"), SITE);

    @Test
    void a_call_is_a_span_below_the_one_of_its_request() {
        var request = traces.get("test").spanBuilder("request").startSpan();
        try (var inRequest = request.makeCurrent()) {
            assertThat(inRequest).isNotNull();
            var call = calls.begins(ApiMethod.GET_JWT);
            assertThat(Span.current())
                    .as("what is traced of the HTTP client belongs below")
                    .isNotEqualTo(request);
            call.ended(SUCCESS);
            assertThat(Span.current()).isEqualTo(request);
        }

        var span = onlySpan();
        assertThat(span.getName()).isEqualTo("Gigya accounts.getJWT");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void it_says_how_the_call_ended_and_nothing_of_a_person() {
        calls.begins(ApiMethod.LOGIN)
                .ended(new CallEnd(CallOutcome.ACCOUNT_LOCKED, OptionalInt.of(403120), Optional.of("call-2")));

        assertThat(attributes(onlySpan()))
                .isEqualTo(Map.of(
                        "server.address", "accounts.eu1.gigya.com",
                        "gigya.method", "accounts.login",
                        "gigya.outcome", "account_locked",
                        "gigya.error_code", "403120",
                        "gigya.call_id", "call-2"));
        assertThat(onlySpan().getEvents()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void only_what_an_operator_can_mend_is_an_error(CallOutcome outcome) {
        calls.begins(ApiMethod.SEARCH).ended(new CallEnd(outcome, OptionalInt.empty(), Optional.empty()));

        assertThat(onlySpan().getStatus().getStatusCode() == StatusCode.ERROR).isEqualTo(outcome.isTrouble());
    }

    @Test
    void another_observer_is_told_as_well() {
        calls.begins(ApiMethod.GET_JWT).ended(SUCCESS);
        calls.withheld(ApiMethod.GET_JWT_PUBLIC_KEY);

        assertThat(told).containsExactly(CallOutcome.SUCCESS, CallOutcome.THROTTLED);
    }

    @Test
    void an_observer_that_fails_leaves_no_span_behind_on_the_thread() {
        var failing = new CallObserver() {
            @Override
            public Call begins(ApiMethod method) {
                return end -> {
                    throw new IllegalStateException("no room for meters");
                };
            }

            @Override
            public void withheld(ApiMethod method) {
                // Nobody asks.
            }
        };
        var call = new TracedCalls(failing, traces.get("test"), SITE).begins(ApiMethod.GET_JWT);

        assertThatThrownBy(() -> call.ended(SUCCESS)).isInstanceOf(IllegalStateException.class);

        assertThat(Span.current().getSpanContext().isValid()).isFalse();
        assertThat(onlySpan().getName()).isEqualTo("Gigya accounts.getJWT");
    }

    @Test
    void without_tracing_a_call_is_told_all_the_same() {
        new TracedCalls(other, TracerProvider.noop().get("none"), SITE)
                .begins(ApiMethod.GET_JWT)
                .ended(SUCCESS);

        assertThat(told).containsExactly(CallOutcome.SUCCESS);
    }

    private SpanData onlySpan() {
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().get(0);
    }

    private static Map<String, String> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), entry -> "" + entry.getValue()));
    }
}
