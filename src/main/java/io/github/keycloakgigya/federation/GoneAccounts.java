package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/**
 * Remembers on all nodes, for a while, whose users were removed since Gigya has no account of theirs any more. A search may
 * still show the account, and a page of a sync may wait to be written: that must not bring the user back, with nothing of
 * what the person had.
 */
public final class GoneAccounts {

    // Gigya's search may be five minutes late, and a page may wait for as long.
    private static final Duration MEMORY = Duration.ofMinutes(15);
    private static final String PREFIX = "gigya-gone:";
    private static final String ANY = "";
    private static final String AT = "at";

    private final KeycloakSession session;
    private final SingleUseObjectProvider store;
    private final String componentId;

    /** Remembers those of one federation. */
    public GoneAccounts(KeycloakSession session, String componentId) {
        this.session = session;
        this.store = session.getProvider(SingleUseObjectProvider.class);
        this.componentId = componentId;
    }

    /** Remembers an account whose user is removed, once the transaction is committed. */
    void add(Uid uid) {
        put(key(uid.value()));
        put(key(ANY));
    }

    // Keycloak's store takes a key once in a transaction (InfinispanKeycloakTransaction of 26.5 to 26.7).
    private void put(String key) {
        if (session.getAttribute(key) == null) {
            session.setAttribute(key, Boolean.TRUE);
            store.put(key, MEMORY.toSeconds(), Map.of(AT, Long.toString(Time.currentTimeMillis())));
        }
    }

    /** {@return whether no user was removed lately, so that nobody has to be looked for one by one} */
    public boolean isEmpty() {
        return !store.contains(key(ANY));
    }

    /**
     * {@return whether a search shows an account as it was before its user was removed}
     *
     * @param lastUpdated when the account changed last, as the search shows it; empty where it does not say
     */
    public boolean contains(Uid uid, Optional<Instant> lastUpdated) {
        return Optional.ofNullable(store.get(key(uid.value())))
                .map(notes -> Instant.ofEpochMilli(Long.parseLong(notes.get(AT))))
                .filter(gone -> lastUpdated.filter(gone::isBefore).isEmpty())
                .isPresent();
    }

    // UIDs are addresses at some sites.
    private String key(String account) {
        return PREFIX + Fingerprint.of(componentId + '\0' + account);
    }
}
