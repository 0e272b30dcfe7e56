package io.github.keycloakgigya.monitoring;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.CallObserver.CallEnd;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaSite;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;

/** Shows each call to a site as a span of the request that it is made for, and tells another observer as well. */
public final class TracedCalls implements CallObserver {

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
