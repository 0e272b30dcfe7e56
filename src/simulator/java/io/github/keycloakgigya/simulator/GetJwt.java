package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code accounts.getJWT}: a server names a UID, a browser means the person of its session. */
record GetJwt(Tokens tokens, Sessions sessions) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer()
                ? Set.of("targetUID", "fields", "expiration", "audience")
                : Set.of("fields", "expiration", "audience");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var account = call.caller().isServer()
                ? call.accountNamedBy("targetUID")
                : sessions.of(call.request(), call.site()).account();
        requireComplete(call.site(), account);
        var lifetime = lifetime(call);
        var claims = new LinkedHashMap<String, JsonNode>();
        var ignored = new ArrayList<String>();
        var fields = account.fields();
        for (var field : requestedFields(call)) {
            var path = pathOf(field);
            if (call.site().accounts().schema().knows(path)) {
                fields.get(path).ifPresent(value -> claims.put(field, value));
            } else {
                ignored.add(field);
            }
        }
        var token = tokens.accountToken(call.site(), account, claims, lifetime, call.optional("audience"));
        return Reply.of(
                Reply.object().put("ignoredFields", String.join(",", ignored)).put("id_token", token));
    }

    private static void requireComplete(Site site, Account account) throws Refusal {
        var state = new AccountState(site, account);
        state.requireActive();
        // The record has no answer for an unfinished registration here; the code that login gives is taken.
        state.requireRegistered(Reply.object());
        if (!account.isVerified()) {
            throw Refusal.of(GigyaError.UNVERIFIED_USER);
        }
    }

    private static List<String> requestedFields(Call call) {
        return call.optional("fields").map(fields -> List.of(fields.split(","))).orElse(List.of());
    }

    /** The prefix {@code profile.} may be left off. */
    private static String pathOf(String field) {
        return field.startsWith("data.") || field.startsWith("profile.") ? field : "profile." + field;
    }

    private static Duration lifetime(Call call) throws Refusal {
        Optional<String> expiration = call.optional("expiration");
        if (expiration.isEmpty()) {
            return Duration.ofSeconds(300);
        }
        if (!expiration.get().matches("[1-9][0-9]{0,9}")) {
            throw Refusal.invalid("expiration");
        }
        return Duration.ofSeconds(Long.parseLong(expiration.get()));
    }
}
