package io.github.keycloakgigya.settings;

import java.util.Optional;
import org.keycloak.models.RealmModel;

/** Settings of one kind, of which Keycloak asks nobody whether they can be used. */
public interface SavedSettings {

    /**
     * {@return what an administrator reads about settings that can't be used; empty where they can, or are not of this
     * extension}
     *
     * @param id under which they may have been saved
     */
    Optional<String> refusal(RealmModel realm, String id);
}
