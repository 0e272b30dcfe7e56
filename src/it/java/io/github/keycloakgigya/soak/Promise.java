package io.github.keycloakgigya.soak;

/** What has to hold of a soak, in the order of the page. */
public enum Promise {
    EVERYTHING_HAPPENED("every door was used, outside of faults with success, and every planned fault happened"),
    USERS_EQUAL_ACCOUNTS("after a last full sync, the users who can sign in are the accounts, with the same values"),
    NO_VALUE_DOUBLED("no user has a value twice, at any look into the database"),
    NOBODY_LOST("nobody is disabled or removed whose account was always there, at any look into the database"),
    NOBODY_WRONGLY_IN("nobody comes in with a wrong proof or password, or an account that is gone"),
    NO_SERVER_ERROR("no answer has the status 500"),
    NO_STRANGE_ERROR("the servers' logs have no ERROR line but those that belong to the fault"),
    FAULTS_END("two seconds after a fault nobody fails any more; after a node was killed, counted from the kill"),
    TIME_HOLDS("outside of faults the 99th percentile of the time is at most twice the quiet one"),
    HEAP_FLAT("the live heap of each node, all sessions having ended, is at the end what it was at the start"),
    THREADS_AND_SOCKETS("each node has as many threads and sockets at the end as at the start");

    private final String title;

    Promise(String title) {
        this.title = title;
    }

    /** {@return what the page says} */
    public String title() {
        return title;
    }
}
