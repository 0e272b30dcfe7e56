package io.github.keycloakgigya.broker.account;

import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.UserModel;

/**
 * The e-mail address that a brokered sign-in brings.
 *
 * @param context of the sign-in
 */
public record BrokeredEmail(BrokeredIdentityContext context) {

    /**
     * Writes the address of a new user, or where the provider overwrites what users hold.
     *
     * <p>In the place of what Keycloak does (AbstractIdentityProvider), which in 26.7 calls an address verified where
     * the provider is trusted, and never otherwise.
     */
    public void update(UserModel user) {
        if (context.getEmail() == null) {
            return;
        }
        var isNew = isNoted(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER);
        var isTypedByPerson = isNoted(AbstractIdentityProvider.UPDATE_PROFILE_EMAIL_CHANGED);
        var changes = !context.getEmail().equalsIgnoreCase(user.getEmail());
        if (isNew || changes && isOverwritten()) {
            user.setEmail(context.getEmail());
            // A federation may own the address, and then keeps it.
            if (context.getEmail().equalsIgnoreCase(user.getEmail())) {
                user.setEmailVerified(!isTypedByPerson && isVerified());
            }
        }
    }

    // Where no page is shown there is no login to note it in.
    private boolean isNoted(String note) {
        var login = context.getAuthenticationSession();
        return login != null && Boolean.parseBoolean(login.getAuthNote(note));
    }

    private boolean isOverwritten() {
        return context.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE;
    }

    /** {@return whether the address counts as verified} */
    public boolean isVerified() {
        return BrokeredAccount.of(context)
                .flatMap(BrokeredAccount::verifiedEmail)
                .filter(context.getEmail()::equals)
                .isPresent();
    }

    /** Leaves the address out, so that no log shows it. */
    @Override
    public String toString() {
        return "BrokeredEmail[]";
    }
}
