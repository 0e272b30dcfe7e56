package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;

/** The user federations {@code gigya} of a realm. */
public final class GigyaFederations {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Looks into a realm. */
    public GigyaFederations(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * {@return the users of a federation}
     *
     * @param nameOrId which one; empty means the realm's only one
     * @throws SettingsException where there is none such, or several, or it is disabled or wrongly configured
     */
    public GigyaUsers users(Optional<String> nameOrId) throws SettingsException {
        var component =
                meant(nameOrId).orElseThrow(() -> new SettingsException("gigyaFederationMissing", nameOrId.orElse("")));
        if (!new UserStorageProviderModel(component).isEnabled()) {
            throw new SettingsException("gigyaFederationDisabled", component.getName());
        }
        return usersOf(Federation.of(session, realm, component));
    }

    /** {@return the users of a federation, in Keycloak's own tables or not} */
    public static GigyaUsers usersOf(Federation federation) {
        return federation.settings().importEnabled() ? new ImportedUsers(federation) : new RemoteUsers(federation);
    }

    /**
     * Makes sure that it is clear which federation is meant, also where it is disabled, or where the realm's only one is
     * still to come.
     *
     * @param nameOrId which one; empty means the realm's only one
     * @throws SettingsException where there is none such, or several
     */
    public void requireClear(Optional<String> nameOrId) throws SettingsException {
        if (meant(nameOrId).isEmpty() && nameOrId.isPresent()) {
            throw new SettingsException("gigyaFederationMissing", nameOrId.get());
        }
    }

    private Optional<ComponentModel> meant(Optional<String> nameOrId) throws SettingsException {
        var found = components()
                .filter(component -> nameOrId.isEmpty() || isNamed(component, nameOrId.get()))
                .toList();
        if (found.size() > 1) {
            throw new SettingsException(
                    "gigyaFederationAmbiguous",
                    found.stream().map(ComponentModel::getName).collect(Collectors.joining(", ")));
        }
        return found.stream().findFirst();
    }

    /** {@return whether the realm has one of that name or id} */
    public boolean knows(String nameOrId) {
        return components().anyMatch(component -> isNamed(component, nameOrId));
    }

    /**
     * {@return the users who stand for these accounts; empty where no federation that is enabled has them} One with the
     * very API key goes before others of its site group.
     *
     * @throws SettingsException where several can be meant, or the one does not name all sites whose sign-ins would count,
     *     or is wrongly configured
     */
    public Optional<GigyaUsers> usersOf(SiteAccounts accounts) throws SettingsException {
        var found = components()
                .filter(component -> new UserStorageProviderModel(component).isEnabled())
                .flatMap(component -> SiteAccounts.of(SettingsReader.ofComponent(component.getConfig()))
                        .map(own -> new Candidate(component, own))
                        .stream())
                .filter(candidate -> accounts.areThoseOf(candidate.accounts()))
                .toList();
        var exact = found.stream()
                .filter(candidate -> candidate.accounts().apiKey().equals(accounts.apiKey()))
                .toList();
        var meant = exact.isEmpty() ? found : exact;
        if (meant.size() > 1) {
            throw new SettingsException(
                    "gigyaFederationsShareAccounts",
                    meant.stream()
                            .map(candidate -> candidate.component().getName())
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        var federation = meant.get(0);
        if (!federation.accounts().include(accounts)) {
            throw new SettingsException(
                    "gigyaFederationLacksKeys", federation.component().getName());
        }
        return Optional.of(usersOf(Federation.of(session, realm, federation.component())));
    }

    /**
     * {@return the user whom an account had until the user left a federation that has these accounts} Of a federation that
     * is disabled as well: whoever switches it off does not give released users back to Gigya. No database connection is kept
     * for a call to Gigya.
     */
    public Optional<UserModel> released(SiteAccounts accounts, Uid uid) {
        var ids = components()
                .filter(component -> SiteAccounts.of(SettingsReader.ofComponent(component.getConfig()))
                        .filter(accounts::areThoseOf)
                        .isPresent())
                .map(ComponentModel::getId)
                .toList();
        return ids.isEmpty()
                ? Optional.empty()
                : new JpaBriefReading(session, realm)
                        .user((own, ownRealm) -> ids.stream()
                                .flatMap(id -> new ReleaseMark(own, ownRealm, id).userOf(uid).stream())
                                .findFirst());
    }

    /**
     * {@return whether a user says to have left a federation that is still there} Nobody but the user is kept from anything
     * by saying so.
     */
    public boolean hasLeftOne(UserModel user) {
        return ReleaseMark.isShownBy(user) && knows(user.getFirstAttribute(FederatedUser.RELEASED));
    }

    /**
     * {@return the federation that a user belongs to, whatever has become of it; empty where that is none of this
     * extension}
     */
    public Optional<UserOwner> ownerOf(UserModel user) {
        return UserOwner.of(realm, user);
    }

    // A federation that may have the accounts, and those that it has.
    private record Candidate(ComponentModel component, SiteAccounts accounts) {}

    /** {@return whether the realm has none at all} */
    public boolean areNone() {
        return components().findAny().isEmpty();
    }

    private Stream<ComponentModel> components() {
        return realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                .filter(component -> StorageSettings.PROVIDER_ID.equals(component.getProviderId()));
    }

    private static boolean isNamed(ComponentModel component, String nameOrId) {
        return nameOrId.equals(component.getId()) || nameOrId.equals(component.getName());
    }
}
