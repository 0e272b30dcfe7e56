package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.passwordhash.LegacyHash;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** The passwords that this extension alone can verify: as long as there are any, nobody may remove the jar. */
public final class JpaLegacyPasswords {

    private static final String COUNT = """
            select count(c) from CredentialEntity c
            where c.type in :types and c.user.realmId = :realm and c.credentialData like :algorithm""";

    private JpaLegacyPasswords() {}

    /**
     * {@return how many there are in a realm} Looks at all of its passwords, and has the metric show what it found: for
     * administrators who ask, not for each sign-in.
     */
    public static long count(KeycloakSession session, RealmModel realm) {
        var count = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(COUNT, Long.class)
                .setParameter("types", List.of(PasswordCredentialModel.TYPE, WaitingPassword.TYPE))
                .setParameter("realm", realm.getId())
                .setParameter("algorithm", "%\"algorithm\":\"" + LegacyHash.PREFIX + "%")
                .getSingleResult();
        GigyaConnector.metersOf(session).transfers().legacy(realm.getName(), count);
        return count;
    }
}
