package io.github.keycloakgigya.federation.transfer;

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
