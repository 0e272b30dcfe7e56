package io.github.keycloakgigya.federation.release;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.transfer.LinkHandover;
import io.github.keycloakgigya.federation.transfer.PasswordHandover;
import io.github.keycloakgigya.federation.transfer.SignInProviders;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.credential.dto.PasswordCredentialData;
import org.keycloak.util.JsonSerialization;

/**
 * Who could sign in without Gigya: with a password that Keycloak will go by and can verify, with a passkey, or by one of
 * the {@link SignInProviders}, to which they are linked, or will be with the release.
 */
final class JpaSignInMeans {

    private static final String PASSKEY = WebAuthnCredentialModel.TYPE_PASSWORDLESS;

    private final KeycloakSession session;
    private final EntityManager entities;
    private final Set<String> passwords;
    private final SignInProviders providers;
    private final LinkHandover links;
    private final Map<String, Boolean> algorithms = new HashMap<>();

    JpaSignInMeans(Federation federation) {
        this.session = federation.session();
        this.providers = new SignInProviders(federation);
        this.links = new LinkHandover(federation, providers);
        this.passwords = new PasswordHandover(federation.settings().passwordCheck()).kept();
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** {@return those of these users who could} */
    Set<String> among(Collection<UserModel> users) {
        var able = new HashSet<String>();
        if (users.isEmpty()) {
            return able;
        }
        var byId = users.stream().collect(Collectors.toMap(user -> user.getId(), Function.identity()));
        var userIds = byId.keySet();
        rows("select c.user.id, c.type, c.credentialData, c.createdDate from CredentialEntity c where c.user.id in :ids"
                        + " and c.type in :types")
                .setParameter("ids", userIds)
                .setParameter(
                        "types",
                        Stream.concat(passwords.stream(), Stream.of(PASSKEY)).toList())
                .getResultStream()
                .filter(row -> PASSKEY.equals(row[1]) || isVerifiable((String) row[2]))
                .filter(row -> !PasswordHandover.isOutdated((String) row[1], (Long) row[3], byId.get(row[0])))
                .forEach(row -> able.add((String) row[0]));
        rows("select l.user.id, l.identityProvider from FederatedIdentityEntity l where l.user.id in :ids")
                .setParameter("ids", userIds)
                .getResultStream()
                .filter(row -> providers.has((String) row[1]))
                .forEach(row -> able.add((String) row[0]));
        rows("select c.user.id, c.secretData from CredentialEntity c where c.user.id in :ids and c.type = :type")
                .setParameter("ids", userIds)
                .setParameter("type", LinkHandover.waitingType())
                .getResultList()
                .stream()
                .filter(row -> !able.contains(row[0]) && links.wouldSignIn((String) row[1]))
                .forEach(row -> able.add((String) row[0]));
        return able;
    }

    private TypedQuery<Object[]> rows(String query) {
        return entities.createQuery(query, Object[].class);
    }

    private boolean isVerifiable(String credentialData) {
        return algorithm(credentialData)
                .filter(name -> algorithms.computeIfAbsent(
                        name, any -> session.getProvider(PasswordHashProvider.class, any) != null))
                .isPresent();
    }

    private static Optional<String> algorithm(String credentialData) {
        try {
            return credentialData == null
                    ? Optional.empty()
                    : Optional.ofNullable(JsonSerialization.readValue(credentialData, PasswordCredentialData.class)
                            .getAlgorithm());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
