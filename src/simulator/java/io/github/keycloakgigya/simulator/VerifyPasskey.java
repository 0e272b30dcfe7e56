package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.auth.fido.verifyAssertion}: signs in whose passkey has signed the challenge. */
record VerifyPasskey(SignIn signIn, Passkeys passkeys) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("token", "authenticatorAssertion", "include", "sessionExpiration", "lang");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        return signIn.complete(call, passkeys.owner(call), false);
    }
}
