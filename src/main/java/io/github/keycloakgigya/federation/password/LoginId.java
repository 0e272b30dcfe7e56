package io.github.keycloakgigya.federation.password;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;

/**
 * The login identifier by which Gigya knows a user's account.
 *
 * <p>Gigya signs people in by user name or e-mail address, never by UID. So it is the Keycloak user name where that
 * comes from one of these, and the e-mail address otherwise. One of them is sent, not one after the other: each wrong
 * attempt counts at Gigya, and two would lock people out after half of theirs.
 */
record LoginId(StorageSettings settings) {

    private static final Set<GigyaField> IDENTIFIERS =
            Set.of(GigyaField.parse("profile.username"), GigyaField.parse("profile.email"));

    /**
     * {@return the login identifier; empty where the account has none that Keycloak knows}
     *
     * @param typed what led to the user, where somebody typed it: the phone number of an account that has nothing else
     */
    Optional<String> of(UserModel user, Optional<String> typed) {
        return username(user)
                .or(() -> email(user))
                .or(() -> typed.flatMap(settings::identifier).map(Identifier::value));
    }

    private Optional<String> username(UserModel user) {
        var source = settings.mappings().fieldOf(UserModel.USERNAME).orElse(settings.usernameField());
        return Optional.ofNullable(user.getUsername())
                .filter(name -> IDENTIFIERS.contains(source))
                .filter(name -> !isUid(name, user));
    }

    // The name of a user whose account has nothing in the field that the name comes from.
    private static boolean isUid(String name, UserModel user) {
        return FederatedUser.uidOf(user)
                .filter(uid -> uid.value().toLowerCase(Locale.ROOT).equals(name))
                .isPresent();
    }

    private Optional<String> email(UserModel user) {
        return settings.mappings()
                .fieldOf(UserModel.EMAIL)
                .filter(IDENTIFIERS::contains)
                .map(source -> user.getEmail());
    }
}
