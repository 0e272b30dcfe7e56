package io.github.keycloakgigya.settings.connector;

/**
 * What a connection to Gigya is for: it says how long its calls may take, and which of the shares of calls that a node
 * has under way at once they count to.
 */
public enum Purpose {
    /**
     * The work of one Keycloak request for somebody who signs in. All calls share one deadline, which starts with the
     * first of them.
     */
    SIGN_IN,
    /** A sign-out that is passed on after Keycloak's own, on a thread of its own; with the times of a sign-in. */
    SIGN_OUT,
    /** A list or a search that an administrator waits for, with the times of a sign-in. */
    LIST,
    /** The same where the answer is larger than a sign-in's may be: with the times and sizes of {@link #SYNC}. */
    LARGE_LIST,
    /**
     * A test of settings that an administrator waits for. Each call may take as long as one of a sign-in. All together
     * get 10 seconds: on a server that has just started, or with a far data center, three calls take longer than the one
     * of a sign-in.
     */
    TEST,
    /**
     * One step of bulk work, such as a page of a sync. Its calls may take 60 seconds together, whatever the settings'
     * time-outs are, and their answers may hold 32 MiB.
     */
    SYNC,
    /**
     * The signing key of a webhook's message, which anybody may have sent; in a Keycloak request, with the times of a
     * sign-in.
     */
    MESSAGE,
    /** A read of an account that an event names, on a thread of its own; with the times of a sign-in. */
    EVENT
}
