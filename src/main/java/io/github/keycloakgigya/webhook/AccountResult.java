package io.github.keycloakgigya.webhook;

/** What became of an account that events named. */
enum AccountResult {
    /** Its user is as Gigya says. */
    CURRENT,
    /** Keycloak knows it now. */
    IMPORTED,
    /** It is disabled in Gigya, and so is its user. */
    INACTIVE,
    /** It is gone, and its user met the policy for missing accounts. */
    MISSING,
    /** Its user stands for another UID now. */
    FOLLOWED,
    /** It went into one that has a user as well. */
    MERGED,
    /** Its user has left the federation, and is left alone. */
    RELEASED,
    /** Its registration is not finished. */
    UNFINISHED,
    /** Keycloak has no user of it, and none is made. */
    UNKNOWN,
    /** Its name or address belongs to another user. */
    CONFLICT,
    /** Its events were done before. */
    REPEATED,
    /** It could not be read or written. */
    FAILED
}
