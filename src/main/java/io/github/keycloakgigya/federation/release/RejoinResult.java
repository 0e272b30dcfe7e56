package io.github.keycloakgigya.federation.release;

/**
 * What became of users who were to join a federation again.
 *
 * @param rejoined users who belong to it again
 * @param conflicts users whose account another user stands for by now, or is linked to
 * @param others ids of nobody who has left this federation for sure
 */
public record RejoinResult(long rejoined, long conflicts, long others) {

    /** Nothing has become of anybody. */
    public static final RejoinResult NOTHING = new RejoinResult(0, 0, 0);

    RejoinResult plus(RejoinResult other) {
        return new RejoinResult(rejoined + other.rejoined, conflicts + other.conflicts, others + other.others);
    }
}
