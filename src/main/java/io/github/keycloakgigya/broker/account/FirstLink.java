package io.github.keycloakgigya.broker.account;

import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The first brokered sign-in of a federation's user. Keycloak finds the user linked already and would take the sign-in for
 * a later one, so that mappers which run once would never run.
 *
 * @param context of the sign-in
 */
public record FirstLink(BrokeredIdentityContext context) {

    private static final String KEY = "gigya.firstLink";

    /** Notes that this sign-in is the first. */
    public void note() {
        context.getContextData().put(KEY, true);
    }

    /** {@return whether this sign-in is the first one} */
    public boolean isNoted() {
        return context.getContextData().containsKey(KEY);
    }

    /** Runs all mappers as for a new user, where it is (IdentityBrokerService.afterFirstBrokerLogin of 26.7). */
    public void importInto(KeycloakSession session, RealmModel realm, UserModel user) {
        if (!isNoted()) {
            return;
        }
        session.identityProviders()
                .getMappersByAliasStream(context.getIdpConfig().getAlias())
                .forEach(mapper -> {
                    var target = (IdentityProviderMapper) session.getKeycloakSessionFactory()
                            .getProviderFactory(IdentityProviderMapper.class, mapper.getIdentityProviderMapper());
                    target.importNewUser(session, realm, user, mapper, context);
                });
    }

    /** Leaves the context out, so that no log shows the person's own. */
    @Override
    public String toString() {
        return "FirstLink[]";
    }
}
