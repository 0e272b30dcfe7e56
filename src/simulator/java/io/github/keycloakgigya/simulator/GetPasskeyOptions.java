package io.github.keycloakgigya.simulator;

import java.util.Optional;
import java.util.Set;

/** {@code accounts.auth.fido.getAssertionOptions}: begins a sign-in by a passkey, of whom is not known yet. */
record GetPasskeyOptions(Passkeys passkeys) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of();
    }

    @Override
    public Reply answer(Call call) {
        var options = Reply.object().put("rpId", call.site().passkeyDomain()).put("userVerification", "required");
        return passkeys.begin(call.site(), Optional.empty(), options);
    }
}
