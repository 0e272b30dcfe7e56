package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** What login, register and finalizeRegistration have in common: the pending states, the session, the answer. */
record SignIn(Tokens tokens, Sessions sessions, Registrations registrations) {

    /** {@return the answer to a person who proved to own the account} */
    Reply complete(Call call, Account account, boolean isNew) throws Refusal {
        new AccountState(call.site(), account).requireActive();
        requireNothingPending(call, account, isNew);
        var session = sessions.open(
                call.site(), account, Sessions.expiry(call.request().parameters()));
        var answer = describe(call, account, AccountDates.Unit.LOGIN_ANSWER, true);
        answer.put("newUser", isNew);
        answer.putObject("sessionInfo")
                .put("cookieName", Sessions.cookieName(call.site()))
                .put("cookieValue", session.token());
        var reply = Reply.of(answer);
        return call.caller().isServer() ? reply : reply.withCookie(SessionCookie.holding(call.site(), session));
    }

    private void requireNothingPending(Call call, Account account, boolean isNew) throws Refusal {
        if (account.isRegistered() && account.isVerified()) {
            return;
        }
        // An id_token comes with pending answers too, and says that nobody is logged in.
        var answer = describe(call, account, AccountDates.Unit.LOGIN_ANSWER, false);
        answer.put("newUser", isNew);
        answer.put("regToken", registrations.resume(call.site(), account));
        account.emails().unverified().forEach(answer.putArray("unverifiedEmails")::add);
        var state = new AccountState(call.site(), account);
        state.requireRegistered(answer);
        state.requireVerified(answer);
    }

    /** {@return the account object, with a UID signature for callers that are no servers} */
    ObjectNode describe(Call call, Account account, AccountDates.Unit timestamps, boolean loggedIn) throws Refusal {
        var includes = call.includes();
        var answer = new AccountView(account, includes).write(timestamps);
        if (!call.caller().isServer()) {
            long now = Instant.now().getEpochSecond();
            answer.put("UIDSignature", call.site().signUid(account.uid(), now));
            // Recorded both ways: a number in answers of a login, a text in those of getAccountInfo.
            if (timestamps == AccountDates.Unit.LOGIN_ANSWER) {
                answer.put("signatureTimestamp", now);
            } else {
                answer.put("signatureTimestamp", Long.toString(now));
            }
        }
        if (includes.contains("id_token")) {
            answer.put("id_token", tokens.signInToken(call.site(), account, loggedIn));
        }
        return answer;
    }
}
