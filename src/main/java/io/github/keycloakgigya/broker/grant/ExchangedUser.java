package io.github.keycloakgigya.broker.grant;

import io.github.keycloakgigya.broker.account.BrokeredEmail;
import java.util.function.Consumer;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.UserModel;

/**
 * A user who comes in by token exchange, which goes past what Keycloak does in a browser's sign-in
 * (AbstractTokenExchangeProvider of 26.7).
 *
 * @param user whose token was exchanged
 * @param context what the account says
 */
public record ExchangedUser(UserModel user, BrokeredIdentityContext context) {

    /** Completes a new user, whom Keycloak gave the e-mail address and never asks whether it is verified. */
    public void imported() {
        if (context.getEmail() != null) {
            user.setEmailVerified(new BrokeredEmail(context).isVerified());
        }
    }

    /** Writes the names of a known user, where the provider overwrites what users hold. */
    public void update() {
        if (context.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE) {
            write(context.getFirstName(), user.getFirstName(), user::setFirstName);
            write(context.getLastName(), user.getLastName(), user::setLastName);
        }
    }

    // As Keycloak does in a browser: what the account does not say stays (IdentityBrokerService of 26.7).
    private static void write(String said, String held, Consumer<String> setter) {
        if (said != null && !said.equals(held)) {
            setter.accept(said);
        }
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "ExchangedUser[]";
    }
}
