package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** {@code accounts.webhooks.getAll}. */
record WebhooksGetAll(Webhooks webhooks) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of();
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        call.caller().requireServer();
        var answer = Reply.object();
        var all = answer.putArray("webhooks");
        webhooks.of(call.site()).all().forEach(hook -> describe(hook, all.addObject()));
        return Reply.of(answer);
    }

    private static void describe(Webhook hook, ObjectNode answer) {
        answer.put("url", hook.url().toString()).put("name", hook.name()).put("active", hook.active());
        hook.events().forEach(answer.putArray("events")::add);
        answer.put("useXfCredentials", false);
        var headers = answer.putArray("headers");
        hook.headers()
                .forEach((name, value) -> headers.addObject().put("name", name).put("value", value));
        answer.put("version", hook.version())
                .put("product", "UserManagement")
                .put("id", hook.id().toString());
    }
}
