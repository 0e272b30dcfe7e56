package io.github.keycloakgigya.simulator;

import java.time.temporal.ChronoUnit;
import java.util.Set;

/** {@code accounts.webhooks.getStatus}: what became of the last message to an address. */
record WebhooksGetStatus(Webhooks webhooks) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("url");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        call.caller().requireServer();
        var url = call.required("url");
        var hooks = webhooks.of(call.site());
        var names = hooks.all().stream()
                .filter(hook -> hook.url().toString().equals(url))
                .map(Webhook::name)
                .toList();
        var last = hooks.deliveries().stream()
                .filter(delivery -> names.contains(delivery.hook()))
                .reduce((earlier, later) -> later);
        var answer = Reply.object();
        var status = answer.putObject("webhookStatus");
        if (last.isEmpty()) {
            status.put("message", "No Webhook activity was found");
        } else {
            status.put("statusCode", last.get().status())
                    .put(
                            "lastSent",
                            last.get().at().truncatedTo(ChronoUnit.MILLIS).toString());
            if (last.get().status() != 200) {
                status.put("message", "The endpoint answered " + last.get().status());
            }
        }
        return Reply.of(answer);
    }
}
