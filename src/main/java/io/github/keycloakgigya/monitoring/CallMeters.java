package io.github.keycloakgigya.monitoring;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.CallObserver.CallEnd;
import io.github.keycloakgigya.api.CallObserver.CallOutcome;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaSite;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times the calls to Gigya of one node, of all realms together. */
public final class CallMeters implements CallObserver {

    // Up to where calls of a sign-in end, 2.5 seconds, and those of a sync, 60.
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private record Kind(ApiMethod method, CallOutcome outcome) {}

    private final MeterRegistry registry;
    // Found here without the work of making a meter's name and tags anew for each call.
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
    private final Map<ApiMethod, Counter> withheld = new EnumMap<>(ApiMethod.class);

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
        // Shown as zero from the start: of a counter that appears with its first call, nobody sees it grow.
        for (var method : ApiMethod.values()) {
            withheld.put(method, counter(method));
        }
    }

    @Override
    public Call begins(ApiMethod method) {
        long start = System.nanoTime();
        return end -> timers.computeIfAbsent(new Kind(method, end.outcome()), this::timer)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    @Override
    public void withheld(ApiMethod method) {
        withheld.get(method).increment();
    }

    private Timer timer(Kind kind) {
        return Timer.builder("keycloak.gigya.calls")
                .description("Calls to Gigya and how long they took")
                .tag("method", kind.method().fullName())
                .tag("outcome", kind.outcome().code())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(ApiMethod method) {
        return Counter.builder("keycloak.gigya.calls.withheld")
                .description(
                        "Calls to Gigya that were not made: ones before them failed or were refused, or too many waited")
                .tag("method", method.fullName())
                .register(registry);
    }

    /** Shows each call to a site as a span of the request that it is made for, and tells another observer as well. */
    public static final class TracedCalls implements CallObserver {

        private final CallObserver other;
        private final Tracer tracer;
        private final GigyaSite site;

        /** @param other is told of each call, too */
        public TracedCalls(CallObserver other, Tracer tracer, GigyaSite site) {
            this.other = other;
            this.tracer = tracer;
            this.site = site;
        }

        @Override
        public Call begins(ApiMethod method) {
            var observed = other.begins(method);
            var span = tracer.spanBuilder("Gigya " + method.fullName())
                    .setSpanKind(SpanKind.CLIENT)
                    .startSpan();
            // What Keycloak's HTTP client traces of it belongs below.
            var scope = span.makeCurrent();
            return end -> {
                // Whatever the other one does: a span that stays current would take in what its thread does next.
                try {
                    observed.ended(end);
                    describe(span, method, end);
                } finally {
                    scope.close();
                    span.end();
                }
            };
        }

        @Override
        public void withheld(ApiMethod method) {
            other.withheld(method);
        }

        private void describe(Span span, ApiMethod method, CallEnd end) {
            if (!span.isRecording()) {
                return;
            }
            span.setAttribute(
                    "server.address", site.domain().endpoint(method.fullName()).getHost());
            span.setAttribute("gigya.method", method.fullName());
            span.setAttribute("gigya.outcome", end.outcome().code());
            end.errorCode().ifPresent(code -> span.setAttribute("gigya.error_code", code));
            end.callId().ifPresent(id -> span.setAttribute("gigya.call_id", id));
            if (end.outcome().isTrouble()) {
                span.setStatus(StatusCode.ERROR);
            }
        }
    }
}
