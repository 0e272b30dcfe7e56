package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.finalizeRegistration}: ends a registration once nothing is missing, and opens the session. */
record FinalizeRegistration(SignIn signIn, Registrations registrations) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("regToken", "include", "allowAccountsLinking", "targetEnv", "sessionExpiration");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var regToken = call.required("regToken");
        var account = registrations.accountOf(call.site(), regToken);
        boolean isNew = !account.isRegistered();
        if (isNew && new AccountState(call.site(), account).missingFields().isEmpty()) {
            account.register();
        }
        var reply = signIn.complete(call, account, isNew);
        registrations.end(regToken);
        return reply;
    }
}
