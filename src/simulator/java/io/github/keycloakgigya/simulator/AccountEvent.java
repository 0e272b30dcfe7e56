package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something that happened to an account, as webhooks tell of it.
 *
 * @param uid the account's UID, the former one where it changed
 * @param newUid the UID that the account has now, or the account that it went into
 */
record AccountEvent(Type type, String uid, Optional<String> newUid, Instant at) {

    /** The events that a webhook can ask for. Those of groups and organizations are not simulated. */
    enum Type {
        ACCOUNT_CREATED("accountCreated"),
        ACCOUNT_REGISTERED("accountRegistered"),
        ACCOUNT_UPDATED("accountUpdated"),
        ACCOUNT_LOGGED_IN("accountLoggedIn"),
        ACCOUNT_DELETED("accountDeleted"),
        ACCOUNT_LOCKED_OUT("accountLockedOut"),
        ACCOUNT_MERGED("accountMerged"),
        ACCOUNT_PROGRESSED("accountProgressed"),
        ACCOUNT_UID_CHANGED("accountUidChanged"),
        SITE_PREFERENCES_RESET("sitePreferencesReset"),
        SUBSCRIPTION_UPDATED("subscriptionUpdated"),
        CONSENT_UPDATED("consentUpdated"),
        COMMUNICATION_UPDATED("communicationUpdated");

        private final String id;

        Type(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        static Optional<Type> of(String id) {
            return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
        }
    }

    static AccountEvent now(Type type, String uid) {
        return new AccountEvent(type, uid, Optional.empty(), Instant.now());
    }

    static AccountEvent moved(Type type, String uid, String newUid) {
        return new AccountEvent(type, uid, Optional.of(newUid), Instant.now());
    }
}
