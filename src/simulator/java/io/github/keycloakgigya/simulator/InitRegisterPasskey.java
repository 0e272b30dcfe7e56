package io.github.keycloakgigya.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** {@code accounts.auth.fido.initRegisterCredentials}: begins to give an account a passkey, in its session. */
record InitRegisterPasskey(Sessions sessions, Passkeys passkeys) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of();
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var account = sessions.of(call.request(), call.site()).account();
        var options = Reply.object();
        options.putObject("rp").put("id", call.site().passkeyDomain()).put("name", "The website");
        options.putObject("user")
                .put("id", Passkeys.base64Url(account.uid().getBytes(StandardCharsets.UTF_8)))
                .put("name", account.uid())
                .put("displayName", account.uid());
        var algorithms = options.putArray("pubKeyCredParams");
        algorithms.addObject().put("type", "public-key").put("alg", -7);
        algorithms.addObject().put("type", "public-key").put("alg", -257);
        options.putObject("authenticatorSelection")
                .put("residentKey", "required")
                .put("userVerification", "required");
        return passkeys.begin(call.site(), Optional.of(account), options);
    }
}
