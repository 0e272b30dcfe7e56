package io.github.keycloakgigya.federation.release;

/**
 * What became of users who were to leave a federation.
 *
 * @param released users who have left
 * @param forced those of them who can't sign in, and were released all the same
 * @param unable users who stay, since they could not sign in
 * @param others ids of nobody whom the federation has, those who have left before included
 */
public record ReleaseResult(long released, long forced, long unable, long others) {

    /** Nothing has become of anybody. */
    public static final ReleaseResult NOTHING = new ReleaseResult(0, 0, 0, 0);

    ReleaseResult plus(ReleaseResult other) {
        return new ReleaseResult(
                released + other.released, forced + other.forced, unable + other.unable, others + other.others);
    }

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
}
