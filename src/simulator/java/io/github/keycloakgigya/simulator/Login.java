package io.github.keycloakgigya.simulator;

import java.util.Set;

/** {@code accounts.login} with login identifier and password. */
record Login(SignIn signIn) implements ApiMethod {

    @Override
    public Set<String> parameters(Caller caller) {
        return caller.isServer()
                ? Set.of(
                        "loginID",
                        "password",
                        "loginMode",
                        "include",
                        "sessionExpiration",
                        "targetEnv",
                        "lang",
                        "clientContext",
                        "actionAttributes")
                : Set.of(
                        "loginID",
                        "password",
                        "loginMode",
                        "include",
                        "sessionExpiration",
                        "targetEnv",
                        "lang",
                        "actionAttributes");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        var loginId = call.required("loginID");
        var password = call.required("password");
        requireSupported(call);
        // One code for an unknown login identifier and for a wrong password, on purpose.
        var account = call.site().accountByLoginId(loginId).orElseThrow(Login::invalid);
        if (account.isLocked()) {
            throw Refusal.of(GigyaError.LOCKED_OUT);
        }
        if (!account.acceptsPassword(password)) {
            throw invalid();
        }
        return signIn.complete(call, account, false);
    }

    private static void requireSupported(Call call) throws Refusal {
        call.optionalObject("clientContext");
        switch (call.optional("loginMode").orElse("standard")) {
            case "standard", "reAuth" -> {}
            case "link" -> throw Refusal.of(GigyaError.NOT_SUPPORTED);
            default -> throw Refusal.invalid("loginMode");
        }
        switch (call.optional("targetEnv").orElse("browser")) {
            case "browser" -> {}
            case "mobile" -> throw Refusal.of(GigyaError.NOT_SUPPORTED);
            default -> throw Refusal.invalid("targetEnv");
        }
    }

    private static Refusal invalid() {
        return Refusal.of(GigyaError.INVALID_LOGIN_ID, "invalid loginID or password");
    }
}
