package io.github.keycloakgigya.federation.transfer;

import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/** How far somebody is from signing in without Gigya. */
public enum LeavingState {
    /** Signs in with the same password. */
    READY("ready"),
    /** Has a password that only Gigya can check, until it is typed once at a form of Keycloak's. */
    UNSUPPORTED("unsupported"),
    /** Has no password, and signs in by another provider. */
    SOCIAL_ONLY("socialOnly"),
    /** Has neither: a phone or a passkey say. */
    PASSWORDLESS("passwordless"),
    /** Has not finished the registration. */
    INCOMPLETE("incomplete"),
    /** May not sign in, at Gigya or in Keycloak. */
    INACTIVE("inactive"),
    /** Has no user in Keycloak. */
    NOT_IMPORTED("notImported"),
    /** Has left. */
    RELEASED("released");

    /** What a run found out about a user, as the user keeps it: an id of these, and more behind a space. */
    public static final String MARK = "gigya.leaving";

    private final String id;

    LeavingState(String id) {
        this.id = id;
    }

    /** {@return the name in the report} */
    public String id() {
        return id;
    }

    /** {@return what has an id; empty where nothing has it} */
    public static Optional<LeavingState> of(String id) {
        return Stream.of(values()).filter(state -> state.id.equals(id)).findFirst();
    }

    /**
     * {@return whether a user may not sign in, in Keycloak or, as the last run found, at Gigya} Keycloak alone would let such
     * a one in again.
     */
    public static boolean isShutOut(UserModel user) {
        return !user.isEnabled()
                || Optional.ofNullable(user.getFirstAttribute(MARK))
                        .flatMap(mark -> of(mark.split(" ", 2)[0]))
                        .filter(state -> state == INACTIVE || state == INCOMPLETE)
                        .isPresent();
    }
}
