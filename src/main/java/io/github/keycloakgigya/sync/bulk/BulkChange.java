package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.BulkAccount;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.MissingMark;
import io.github.keycloakgigya.federation.ProfileWriter;
import io.github.keycloakgigya.federation.SearchedAt;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import org.keycloak.models.UserModel;

/** What an account that was found among others changes about its user in Keycloak's own storage. */
final class BulkChange {

    private final BulkAccount account;
    private final ProfileWriter writer;
    private final SearchedAt searchedAt;

    BulkChange(BulkAccount account, StorageSettings settings) {
        this.account = account;
        this.writer = new ProfileWriter(account.profile(), ImportedProfile.mapsEmail(settings));
        this.searchedAt = new SearchedAt(account.lastUpdated(), account.readAt());
    }

    /** {@return whether anything would be written} */
    boolean isNeededBy(UserModel local) {
        return (writer.changes(local) || MissingMark.isWrongOn(local, account.active()))
                && !searchedAt.isOlderThan(local);
    }

    void write(UserModel local) {
        MissingMark.correct(local, account.active());
        writer.write(local);
    }
}
