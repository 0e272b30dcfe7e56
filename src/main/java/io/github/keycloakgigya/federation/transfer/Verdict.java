package io.github.keycloakgigya.federation.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/**
 * What becomes of an account when its user leaves Gigya.
 *
 * @param state how far the person is
 * @param detail the algorithm of a password, or the provider that somebody without one signs in by; else empty
 * @param password what becomes of the password
 * @param links what becomes of each identity elsewhere
 */
public record Verdict(LeavingState state, String detail, PasswordFate password, List<IdentityLink> links) {

    public Verdict {
        links = List.copyOf(links);
    }

    /** {@return whether the person can sign in without Gigya, with what goes along} */
    public boolean canSignIn() {
        return switch (state) {
            case READY, RELEASED -> true;
            case SOCIAL_ONLY -> links.stream().anyMatch(IdentityLink::works);
            case UNSUPPORTED, PASSWORDLESS, INCOMPLETE, INACTIVE, NOT_IMPORTED, UNKNOWN -> false;
        };
    }

    /**
     * What becomes of an identity elsewhere.
     *
     * @param provider Gigya's name of the provider
     * @param outcome whether it becomes a link to an identity provider of Keycloak's
     */
    public record IdentityLink(String provider, Outcome outcome) {

        /** What becomes of it. */
        public enum Outcome {
            /** It becomes a link with the release, or is one already. */
            LINKED,
            /** The realm has no identity provider of that alias that signs people in, nor a mapping to one. */
            NO_PROVIDER,
            /** Another user is linked to it. */
            OF_ANOTHER_USER,
            /** The user is linked to another identity of the same identity provider. */
            OF_ANOTHER_IDENTITY
        }

        /** {@return whether the person can sign in by it} */
        public boolean works() {
            return outcome == Outcome.LINKED;
        }
    }

    /** What became of a password: the value of the user attribute {@code gigya.password}. */
    public enum PasswordFate {
        /** Its hash came along. */
        TRANSFERRED,
        /** Its hash came along, and was used since, so that Keycloak hashed it anew; or Keycloak had it already. */
        REHASHED,
        /** It was typed at a form of Keycloak's, and Gigya accepted it. */
        CAPTURED,
        /** Its hash can't be used outside of Gigya. */
        UNSUPPORTED,
        /** There is none. */
        NONE;

        /** {@return the value of the attribute} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@return whether the person can sign in with the same password once Gigya is left} */
        public boolean isUsable() {
            return this != UNSUPPORTED && this != NONE;
        }
    }

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
        /** Has an account that no run has met, or of which a file leaves open whether its owner may sign in at Gigya. */
        UNKNOWN("unknown"),
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

        /** {@return whether a transfer writes what it finds out} */
        public boolean isWritten() {
            return this != RELEASED && this != UNKNOWN && this != NOT_IMPORTED;
        }

        /** {@return what has an id; empty where nothing has it} */
        public static Optional<LeavingState> of(String id) {
            return Stream.of(values()).filter(state -> state.id.equals(id)).findFirst();
        }

        /**
         * {@return whether a user may not sign in, in Keycloak or, as the last run found, at Gigya} Keycloak alone
         * would let such a one in again.
         */
        public static boolean isShutOut(UserModel user) {
            return !user.isEnabled()
                    || Optional.ofNullable(user.getFirstAttribute(MARK))
                            .flatMap(mark -> of(mark.split(" ", 2)[0]))
                            .filter(state -> state == INACTIVE || state == INCOMPLETE)
                            .isPresent();
        }
    }
}
