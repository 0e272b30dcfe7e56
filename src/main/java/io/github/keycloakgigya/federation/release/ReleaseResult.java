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
}
