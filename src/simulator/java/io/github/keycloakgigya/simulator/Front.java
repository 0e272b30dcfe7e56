package io.github.keycloakgigya.simulator;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads requests off the wire, records them, and hands them to whoever answers, unless something goes wrong. */
final class Front implements HttpHandler {

    private final Function<HttpRequest, Answer> pages;
    private final Api api;
    private final Calls calls;
    private final HeldConnections held;
    private final Clock clock;
    private final Function<String, Optional<Fault>> faults;

    Front(
            Function<HttpRequest, Answer> pages,
            Api api,
            Calls calls,
            HeldConnections held,
            Clock clock,
            Function<String, Optional<Fault>> faults) {
        this.pages = pages;
        this.api = api;
        this.calls = calls;
        this.held = held;
        this.clock = clock;
        this.faults = faults;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.dispatch(this::handleOnWorker);
    }

    private void handleOnWorker(HttpServerExchange exchange) throws IOException {
        exchange.startBlocking();
        var body = new String(exchange.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            handle(exchange, request(exchange, parameters(exchange, body)));
        } catch (Refusal malformed) {
            var request = request(exchange, new Parameters(Map.of()));
            calls.add(record(request));
            delivery(exchange, request).send(api.refuse(request, malformed));
        }
    }

    private void handle(HttpServerExchange exchange, HttpRequest request) {
        calls.add(record(request));
        var delivery = delivery(exchange, request);
        faults.apply(request.method())
                .ifPresentOrElse(fault -> fault.happen(delivery), () -> delivery.send(delivery.rightAnswer()));
    }

    private Delivery delivery(HttpServerExchange exchange, HttpRequest request) {
        return new Delivery(exchange, clock, held, () -> pages.apply(request), refusal -> api.refuse(request, refusal));
    }

    private RecordedCall record(HttpRequest request) {
        return new RecordedCall(
                request.method(),
                request.verb(),
                request.parameters().values(),
                api.unknown(request),
                Map.copyOf(request.headers()));
    }

    private static Parameters parameters(HttpServerExchange exchange, String body) throws Refusal {
        var verb = exchange.getRequestMethod().toString();
        if (!verb.equals("GET") && !verb.equals("POST")) {
            throw Refusal.of(GigyaError.INVALID_REQUEST_FORMAT, "Unsupported HTTP method");
        }
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!body.isEmpty()
                && (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))) {
            throw Refusal.of(GigyaError.INVALID_REQUEST_FORMAT, "Unsupported content type");
        }
        return Parameters.parse(exchange.getQueryString(), body);
    }

    private static HttpRequest request(HttpServerExchange exchange, Parameters parameters) {
        var headers = new HashMap<String, String>();
        for (var header : exchange.getRequestHeaders()) {
            headers.put(header.getHeaderName().toString().toLowerCase(Locale.ROOT), String.join("; ", header));
        }
        return new HttpRequest(
                exchange.getRequestMethod().toString(),
                exchange.getHostAndPort(),
                exchange.getRequestPath(),
                parameters,
                headers);
    }
}
