package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.getJWTPublicKey}: one key at the top level, or with {@code V2} all of them in {@code keys}. */
record GetJwtPublicKey(SigningKeys keys) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("V2");
    }

    @Override
    public boolean worksWithoutSite() {
        return true;
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        if (!call.request().parameters().flag("V2")) {
            return Reply.of(keys.current().jwk());
        }
        var members = Reply.object();
        var set = members.putArray("keys");
        keys.published().forEach(key -> set.add(key.jwk()));
        return Reply.of(members);
    }
}
