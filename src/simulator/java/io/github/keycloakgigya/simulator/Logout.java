package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** {@code accounts.logout}: a server ends all sessions of a UID, a browser ends its own. */
record Logout(Sessions sessions) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer() ? Set.of("UID") : Set.of();
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        if (call.caller().isServer()) {
            var account = call.accountNamedBy("UID");
            return Reply.of(answer(account).put("logoutActiveSession", sessions.closeAllOf(account)));
        }
        var session = sessions.of(call.request(), call.site());
        sessions.close(session);
        return Reply.of(answer(session.account()).put("logoutActiveSession", true))
                .withCookie(SessionCookie.removed(call.site()));
    }

    private static ObjectNode answer(Account account) {
        return Reply.object().put("connectedProviders", account.loginProvider()).put("UID", account.uid());
    }
}
