package io.github.keycloakgigya.simulator;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code accounts.register}: makes an account, and finishes it too with {@code finalizeRegistration}. */
record Register(SignIn signIn, Registrations registrations, AccountChanges changes) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of(
                "regToken",
                "email",
                "username",
                "password",
                "profile",
                "data",
                "preferences",
                "subscriptions",
                "finalizeRegistration",
                "include",
                "lang",
                "regSource",
                "sessionExpiration",
                "targetEnv");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var regToken = call.required("regToken");
        registrations.requireBegun(call.site(), regToken);
        changes.check(call);
        var account = addAccount(call);
        changes.apply(call, account);
        registrations.end(regToken);
        if (call.request().parameters().flag("finalizeRegistration")
                && new AccountState(call.site(), account).missingFields().isEmpty()) {
            account.register();
        }
        return signIn.complete(call, account, true);
    }

    private static Account addAccount(Call call) throws Refusal {
        var email = call.optional("email");
        var username = call.optional("username");
        if (email.isEmpty() && username.isEmpty()) {
            throw Refusal.missing("email");
        }
        var builder = Account.builder().password(call.required("password")).pendingRegistration();
        username.ifPresent(builder::username);
        if (call.site().requiresVerifiedEmail()) {
            email.ifPresent(builder::unverifiedEmail);
            builder.pendingVerification();
        } else {
            email.ifPresent(builder::loginEmail);
        }
        if (Stream.of(email, username)
                .flatMap(Optional::stream)
                .anyMatch(loginId -> call.site().accountByLoginId(loginId).isPresent())) {
            throw taken(email.isPresent() ? "email" : "username");
        }
        return call.site().add(builder);
    }

    private static Refusal taken(String field) {
        var members = Reply.object();
        members.putArray("validationErrors")
                .addObject()
                .put("errorCode", 400003)
                .put("message", field + " already exists")
                .put("fieldName", field);
        return Refusal.of(GigyaError.VALIDATION, "Validation failed", members);
    }
}
