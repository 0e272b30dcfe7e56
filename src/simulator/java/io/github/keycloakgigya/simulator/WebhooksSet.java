package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code accounts.webhooks.set}: makes a webhook, or changes the one of that name. */
record WebhooksSet(Webhooks webhooks) implements ApiMethod {

    private static final int LONGEST_NAME = 100;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public Set<String> parameters(Caller caller) {
        // "secret" is that of the signing user key here, and that of the caller as well.
        return Set.of("url", "name", "events", "active", "signingUserKey", "headers", "version", "include");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        call.caller().requireServer();
        var hooks = webhooks.of(call.site());
        var name = call.required("name");
        if (name.length() > LONGEST_NAME) {
            throw Refusal.invalid("name");
        }
        var url = url(call);
        if (hooks.at(url).filter(other -> !other.name().equals(name)).isPresent()) {
            throw Refusal.invalid("url");
        }
        var version = call.required("version");
        // The versions before are gone, and the parameters of calls may hold personal data: nobody here asks for them.
        if (!Set.of("2.0", "3.0").contains(version) || call.optional("include").isPresent()) {
            throw Refusal.invalid(Set.of("2.0", "3.0").contains(version) ? "include" : "version");
        }
        call.required("active");
        var id = hooks.named(name).map(Webhook::id).orElseGet(UUID::randomUUID);
        hooks.set(new Webhook(
                name, url, events(call), call.request().parameters().flag("active"), headers(call), version, id));
        return Reply.empty();
    }

    private static URI url(Call call) throws Refusal {
        try {
            var url = new URI(call.required("url"));
            // The real service takes https alone. A test's Keycloak has no certificate.
            boolean near = "http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost());
            if (url.getHost() != null && (near || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // Refused below, as any other address that nothing can be sent to.
        }
        throw Refusal.invalid("url");
    }

    /** {@return the events, which come as a JSON array or parted by commas} */
    private static List<String> events(Call call) throws Refusal {
        var text = call.required("events");
        var events = text.startsWith("[") ? array(text) : List.of(text.split(",", -1));
        if (events.isEmpty()
                || events.stream().anyMatch(event -> AccountEvent.Type.of(event).isEmpty())) {
            throw Refusal.invalid("events");
        }
        return events;
    }

    private static List<String> array(String text) throws Refusal {
        var texts = new ArrayList<String>();
        for (var element : json(text, "events")) {
            texts.add(element.asText());
        }
        return texts;
    }

    private static Map<String, String> headers(Call call) throws Refusal {
        var headers = new LinkedHashMap<String, String>();
        var text = call.optional("headers");
        if (text.isPresent()) {
            for (var header : json(text.get(), "headers")) {
                headers.put(header.path("name").asText(), header.path("value").asText());
            }
        }
        return headers;
    }

    private static JsonNode json(String text, String parameter) throws Refusal {
        try {
            return ExactJson.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw Refusal.of(GigyaError.INVALID_PARAMETER_FORMAT, "Invalid parameter format: " + parameter);
        }
    }
}
