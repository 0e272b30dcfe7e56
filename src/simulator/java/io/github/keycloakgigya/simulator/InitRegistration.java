package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.initRegistration}: the token that a registration begins with. */
record InitRegistration(Registrations registrations) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("isLite");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        if (call.request().parameters().flag("isLite")) {
            throw Refusal.of(GigyaError.NOT_SUPPORTED);
        }
        return Reply.of(Reply.object().put("regToken", registrations.begin(call.site())));
    }
}
