package io.github.keycloakgigya.simulator;

import java.time.Clock;
import java.util.Map;

/** The methods that the simulator has, by name. */
final class ApiMethods {

    private ApiMethods() {}

    static Map<String, ApiMethod> all(
            SigningKeys keys,
            Tokens tokens,
            Sessions sessions,
            Registrations registrations,
            SearchCursors cursors,
            Webhooks webhooks,
            Clock clock) {
        var signIn = new SignIn(tokens, sessions, registrations);
        var passkeys = new Passkeys();
        var changes = new AccountChanges();
        var exchange = new ExchangeUidSignature(clock);
        return Map.ofEntries(
                Map.entry("accounts.initRegistration", new InitRegistration(registrations)),
                Map.entry("accounts.register", new Register(signIn, registrations, changes)),
                Map.entry("accounts.finalizeRegistration", new FinalizeRegistration(signIn, registrations)),
                Map.entry("accounts.setAccountInfo", new SetAccountInfo(sessions, registrations, changes)),
                Map.entry("accounts.login", new Login(signIn)),
                Map.entry("accounts.auth.fido.initRegisterCredentials", new InitRegisterPasskey(sessions, passkeys)),
                Map.entry("accounts.auth.fido.registerCredentials", new RegisterPasskey(passkeys)),
                Map.entry("accounts.auth.fido.getAssertionOptions", new GetPasskeyOptions(passkeys)),
                Map.entry("accounts.auth.fido.verifyAssertion", new VerifyPasskey(signIn, passkeys)),
                Map.entry("accounts.logout", new Logout(sessions)),
                Map.entry("accounts.getAccountInfo", new GetAccountInfo(signIn, sessions, registrations)),
                Map.entry("accounts.search", new Search(cursors)),
                Map.entry("accounts.getJWT", new GetJwt(tokens, sessions)),
                Map.entry("accounts.getJWTPublicKey", new GetJwtPublicKey(keys)),
                Map.entry("accounts.exchangeUIDSignature", exchange),
                Map.entry("socialize.exchangeUIDSignature", exchange),
                Map.entry("accounts.webhooks.set", new WebhooksSet(webhooks)),
                Map.entry("accounts.webhooks.getAll", new WebhooksGetAll(webhooks)),
                Map.entry("accounts.webhooks.getStatus", new WebhooksGetStatus(webhooks)),
                Map.entry("accounts.webhooks.delete", new WebhooksDelete(webhooks)),
                Map.entry("accounts.isAvailableLoginID", new IsAvailableLoginId()));
    }
}
