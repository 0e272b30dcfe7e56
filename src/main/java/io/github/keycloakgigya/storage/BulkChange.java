package io.github.keycloakgigya.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.UserModel;

/** What an account that was found among others changes about its user in Keycloak's own storage. */
final class BulkChange {

    // How late Gigya's search index may be.
    private static final Duration INDEX_DELAY = Duration.ofMinutes(5);

    private final BulkAccount account;
    private final ProfileWriter writer;
    private final boolean trustsEmail;

    BulkChange(BulkAccount account, StorageSettings settings) {
        this.account = account;
        this.writer = new ProfileWriter(account.profile(), ImportedProfile.mapsEmail(settings));
        this.trustsEmail = settings.site().trustEmail();
    }

    /** {@return whether anything would be written} */
    boolean isNeededBy(UserModel local) {
        return (writer.changes(local) || MissingMark.isWrongOn(local, account.active()))
                && !isOutdated(local, account.lastUpdated(), account.readAt());
    }

    void write(UserModel local) {
        MissingMark.correct(local, account.active());
        writer.write(local, trustsEmail || account.emailVerified());
    }

    /**
     * {@return whether a sign-in has seen already what the search may not have seen yet}
     *
     * @param lastUpdated when the account changed last, as the search says
     * @param readAt when the search was answered
     */
    static boolean isOutdated(UserModel local, Optional<Instant> lastUpdated, Instant readAt) {
        return asOf(local)
                .filter(asOf -> asOf.isAfter(readAt.minus(INDEX_DELAY)))
                .filter(asOf ->
                        lastUpdated.filter(changed -> changed.isAfter(asOf)).isEmpty())
                .isPresent();
    }

    private static Optional<Instant> asOf(UserModel local) {
        return Optional.ofNullable(local.getFirstAttribute(FederatedUser.AS_OF))
                .filter(text -> text.matches("\\d{1,15}"))
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    }
}
