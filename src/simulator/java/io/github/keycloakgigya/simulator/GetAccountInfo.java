package io.github.keycloakgigya.simulator;

import java.util.Optional;
import java.util.Set;

/** {@code accounts.getAccountInfo}: by UID for servers, else by registration token or session. */
record GetAccountInfo(SignIn signIn, Sessions sessions, Registrations registrations) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer()
                ? Set.of("UID", "findBy", "regToken", "include", "extraProfileFields", "includeCommunications")
                : Set.of("regToken", "include", "extraProfileFields", "includeCommunications");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var regToken = call.optional("regToken");
        if (regToken.isPresent()) {
            return describe(call, registrations.accountOf(call.site(), regToken.get()), false);
        }
        return call.caller().isServer()
                ? describe(call, named(call), false)
                : describe(call, sessions.of(call.request(), call.site()).account(), true);
    }

    private static Account named(Call call) throws Refusal {
        var findBy = call.optionalObject("findBy");
        if (findBy.isEmpty()) {
            return call.accountNamedBy("UID");
        }
        if (call.optional("UID").isPresent() || findBy.get().size() != 1) {
            throw Refusal.invalid("findBy");
        }
        var name = findBy.get().fieldNames().next();
        var value = findBy.get().path(name).textValue();
        if (value == null) {
            throw Refusal.invalid("findBy");
        }
        return found(call.site(), name, value).orElseThrow(() -> Refusal.of(GigyaError.UNAUTHORIZED_USER));
    }

    private static Optional<Account> found(Site site, String name, String value) throws Refusal {
        return switch (name) {
            case "_uid" -> site.account(value);
            case "_email" ->
                site.accountByLoginId(value)
                        .filter(account -> account.emails().verified().contains(value));
            case "_username" -> site.accountByLoginId(value).filter(account -> !value.contains("@"));
            default -> {
                if (!site.accounts().knowsIdentifier(name)) {
                    throw Refusal.invalid("findBy");
                }
                yield site.accounts().byIdentifier(name, value);
            }
        };
    }

    private Reply describe(Call call, Account account, boolean loggedIn) throws Refusal {
        var answer = signIn.describe(call, account, AccountDates.Unit.MILLISECONDS, loggedIn);
        // Always told, whatever the call includes.
        var password = answer.putObject("password").put("created", AccountDates.text(account.passwordCreated()));
        if (call.includes().contains("password")) {
            if (!call.caller().isServer() || !call.site().areHashesReadable()) {
                throw Refusal.of(GigyaError.PERMISSION_DENIED);
            }
            account.luggage().password().describe(password);
            call.site().accounts().told(password.path("hash").asText());
        }
        if (call.includes().contains("identities-active")) {
            account.luggage().describeIdentities(answer.putArray("identities"));
        }
        return Reply.of(answer);
    }
}
