package io.github.keycloakgigya.federation.admission;

import io.github.keycloakgigya.signin.CachedNames;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.UserModel;

/**
 * How a door lets people in.
 *
 * @param known the account's user, where the door knows that one; found by the UID where it does not
 * @param expected the only user who may come, whom the login named before; empty where anybody may
 * @param guarded whether who is disabled or locked in Keycloak is kept out here, rather than by Keycloak
 * @param identityProvider the alias of the identity provider that people come by; empty where they come by none. Of its
 *     people each has one account, and whose name or address belongs to a user who is not the federation's can be proven
 *     to be the same person
 * @param names what Keycloak's cache may learn of a user whom this request did not know before; empty where it did
 * @param typed a password that Gigya has accepted; empty where the door takes none
 * @param event told of the user as soon as there is one; empty where others tell it
 */
public record Entrance(
        Optional<UserModel> known,
        Optional<UserModel> expected,
        boolean guarded,
        Optional<String> identityProvider,
        Optional<CachedNames> names,
        Optional<String> typed,
        Optional<EventBuilder> event) {

    /**
     * {@return a step of a flow}
     *
     * @param expected whom the login names already
     * @param names made before the proof was verified
     */
    public static Entrance ofStep(Optional<UserModel> expected, CachedNames names, EventBuilder event) {
        return new Entrance(
                Optional.empty(),
                expected,
                true,
                Optional.empty(),
                unloaded(names, expected),
                Optional.empty(),
                Optional.of(event));
    }

    /**
     * {@return an identity provider}
     *
     * @param linked whom it links the account to, and may reach
     * @param expected whose open session is to be renewed
     * @param names made before the linked user was looked for
     */
    public static Entrance ofIdentityProvider(
            String alias, Optional<UserModel> linked, Optional<UserModel> expected, CachedNames names) {
        return new Entrance(
                linked,
                expected,
                true,
                Optional.of(alias),
                unloaded(names, expected),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * {@return a password, which Keycloak takes of nobody whom it keeps out}
     *
     * @param typed which Gigya has accepted
     */
    public static Entrance ofPassword(UserModel user, String typed) {
        return new Entrance(
                Optional.of(user),
                Optional.of(user),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(typed),
                Optional.empty());
    }

    // A user whom the login names already is loaded since before it began.
    private static Optional<CachedNames> unloaded(CachedNames names, Optional<UserModel> expected) {
        return Optional.of(names).filter(ofAnybody -> expected.isEmpty());
    }

    /** Leaves the users and the password out, so that no log shows them. */
    @Override
    public String toString() {
        return "Entrance[]";
    }
}
