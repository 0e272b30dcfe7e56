package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.setAccountInfo}: fills in profile, data, preferences and subscriptions, by UID, registration token or session. */
record SetAccountInfo(Sessions sessions, Registrations registrations, AccountChanges changes) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer()
                ? Set.of(
                        "UID",
                        "regToken",
                        "profile",
                        "data",
                        "preferences",
                        "subscriptions",
                        "lang",
                        "regSource",
                        "muteWebhooks")
                : Set.of("regToken", "profile", "data", "preferences", "subscriptions", "lang", "regSource");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var account = account(call);
        changes.check(call);
        changes.apply(call, account);
        return Reply.of(Reply.object().put("UID", account.uid()));
    }

    private Account account(Call call) throws Refusal {
        var regToken = call.optional("regToken");
        if (regToken.isPresent()) {
            return registrations.accountOf(call.site(), regToken.get());
        }
        return call.caller().isServer()
                ? call.accountNamedBy("UID")
                : sessions.of(call.request(), call.site()).account();
    }
}
