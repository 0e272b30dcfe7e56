package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.getAccountInfo}: by UID for servers, else by registration token or session. */
record GetAccountInfo(SignIn signIn, Sessions sessions, Registrations registrations) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer()
                ? Set.of("UID", "regToken", "include", "extraProfileFields", "includeCommunications")
                : Set.of("regToken", "include", "extraProfileFields", "includeCommunications");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var regToken = call.optional("regToken");
        if (regToken.isPresent()) {
            return describe(call, registrations.accountOf(call.site(), regToken.get()), false);
        }
        return call.caller().isServer()
                ? describe(call, call.accountNamedBy("UID"), false)
                : describe(call, sessions.of(call.request(), call.site()).account(), true);
    }

    private Reply describe(Call call, Account account, boolean loggedIn) throws Refusal {
        return Reply.of(signIn.describe(call, account, AccountDates.Unit.MILLISECONDS, loggedIn));
    }
}
