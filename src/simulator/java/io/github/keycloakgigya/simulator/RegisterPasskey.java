package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.auth.fido.registerCredentials}: takes the key that the authenticator has made. */
record RegisterPasskey(Passkeys passkeys) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("token", "attestation");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        passkeys.register(call);
        return Reply.of(Reply.object());
    }
}
