package io.github.keycloakgigya.federation;

/** What became of the user of an account that goes by another UID now. */
public enum MovedAccount {
    /** The user stands for the other UID, with all that Keycloak knows of the person. */
    FOLLOWED,
    /** The other UID has a user as well, who stays. The one before has met the policy for missing accounts. */
    MERGED,
    /** There was no user who could follow. */
    NOBODY
}
