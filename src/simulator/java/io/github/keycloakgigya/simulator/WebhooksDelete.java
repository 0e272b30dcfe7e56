package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.webhooks.delete}. */
record WebhooksDelete(Webhooks webhooks) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("name");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        call.caller().requireServer();
        // What the real one says of a name that is not there is not known.
        if (!webhooks.of(call.site()).delete(call.required("name"))) {
            throw Refusal.invalid("name");
        }
        return Reply.empty();
    }
}
