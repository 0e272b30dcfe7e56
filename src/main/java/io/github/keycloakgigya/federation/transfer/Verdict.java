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
}
