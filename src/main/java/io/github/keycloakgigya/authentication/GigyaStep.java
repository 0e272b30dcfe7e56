package io.github.keycloakgigya.authentication;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A step that finds out by itself who signs in. Stateless; each call sets up what it needs. */
abstract sealed class GigyaStep implements Authenticator permits GigyaAuthenticator, GigyaDirectGrant {

    @Override
    public final boolean requiresUser() {
        return false;
    }

    @Override
    public final boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public final void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // There is nothing to set up in Keycloak.
    }

    @Override
    public final void close() {
        // Nothing is held.
    }
}
