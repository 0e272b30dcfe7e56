package io.github.keycloakgigya.federation.transfer;

import java.util.List;

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
            case UNSUPPORTED, PASSWORDLESS, INCOMPLETE, INACTIVE, NOT_IMPORTED -> false;
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
}
