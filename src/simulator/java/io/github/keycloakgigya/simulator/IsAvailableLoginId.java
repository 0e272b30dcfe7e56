package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.isAvailableLoginID}. */
record IsAvailableLoginId() implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("loginID");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var loginId = call.required("loginID");
        return Reply.of(Reply.object()
                .put("isAvailable", call.site().accountByLoginId(loginId).isEmpty()));
    }
}
