package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.WebhookApi;
import io.github.keycloakgigya.api.WebhookApi.Webhook;
import io.github.keycloakgigya.api.WebhookApi.WebhookDelivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code accounts.webhooks} over HTTPS. */
record WebhookCalls(ApiCalls calls) implements WebhookApi {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public List<Webhook> all() throws GigyaException {
        return calls.call(ApiMethod.GET_WEBHOOKS, Map.of(), answer -> {
            var webhooks = new ArrayList<Webhook>();
            // A site without any may leave the list out.
            if (answer.has("webhooks")) {
                for (var webhook : answer.array("webhooks")) {
                    webhooks.add(webhook(webhook, answer));
                }
            } else {
                answer.acknowledged();
            }
            return List.copyOf(webhooks);
        });
    }

    private static Webhook webhook(JsonNode webhook, Answer answer) throws GigyaException {
        var name = webhook.path("name");
        var url = webhook.path("url");
        if (!name.isTextual() || !url.isTextual()) {
            throw answer.malformed("webhooks");
        }
        return new Webhook(
                name.textValue(),
                url.textValue(),
                events(webhook.path("events")),
                webhook.path("active").asBoolean(true),
                webhook.path("version").asText(""));
    }

    private static Set<String> events(JsonNode listed) {
        var events = new HashSet<String>();
        listed.forEach(event -> events.add(event.asText()));
        return events;
    }

    @Override
    public WebhookDelivery lastDelivery(String url) throws GigyaException {
        return calls.call(ApiMethod.GET_WEBHOOK_STATUS, Map.of("url", url), answer -> {
            var last = answer.inside("webhookStatus");
            return new WebhookDelivery(last.optionalInt("statusCode"), last.time("lastSent"));
        });
    }

    @Override
    public void set(Webhook webhook) throws GigyaException {
        var parameters = new TreeMap<String, String>();
        parameters.put("name", webhook.name());
        parameters.put("url", webhook.url());
        parameters.put(
                "events", JSON.valueToTree(new TreeSet<>(webhook.events())).toString());
        parameters.put("active", Boolean.toString(webhook.active()));
        parameters.put("version", webhook.version());
        calls.call(ApiMethod.SET_WEBHOOK, parameters, Answer::acknowledged);
    }

    @Override
    public void delete(String name) throws GigyaException {
        calls.call(ApiMethod.DELETE_WEBHOOK, Map.of("name", name), Answer::acknowledged);
    }
}
