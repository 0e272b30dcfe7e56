package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.ProfileWriter;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import org.keycloak.models.UserModel;

/** What an account that was found among others changes about its user in Keycloak's own storage. */
final class BulkChange {

    private final FoundProfile account;
    private final ProfileWriter writer;
    private final SearchedAt searchedAt;

    BulkChange(FoundProfile account, StorageSettings settings) {
        this.account = account;
        this.writer = new ProfileWriter(account.profile(), ImportedProfile.mapsEmail(settings));
        this.searchedAt = new SearchedAt(account.lastUpdated(), account.readAt());
    }

    /** {@return whether sessions of a user would end: all, or those from before a new password} */
    boolean endsSessions(UserModel local) {
        return !account.active() && local.isEnabled()
                || account.profile().newPassword(local).isPresent();
    }

    /** {@return whether anything would be written} */
    boolean isNeededBy(UserModel local) {
        return (writer.changes(local) || MissingMark.isWrongOn(local, account.active()))
                && !searchedAt.isOlderThan(local);
    }

    /** @param sessions ends those of a user who is disabled, or whose account has a new password */
    void write(UserModel local, SessionEnd sessions) {
        MissingMark.correct(local, account.active(), sessions);
        account.profile().endOlderSessions(local, sessions);
        writer.write(local);
    }
}
