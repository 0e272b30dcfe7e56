package io.github.keycloakgigya.token;

/** Where a token comes from, and with that how far its text is trusted before it is verified. */
public enum TokenOrigin {
    /** Gigya's own answer, over TLS, to a call of ours. It may hold an account's whole profile. */
    GIGYA(256 * 1024),
    /** Posted by a browser or an app, so by anybody. Sign-in tokens hold no profile and have less than 1,000 characters. */
    BROWSER(16 * 1024),
    /** The header of a webhook's message, which anybody may send. Gigya's have less than 1,000 characters. */
    WEBHOOK(4 * 1024);

    private final int longestToken;

    TokenOrigin(int longestToken) {
        this.longestToken = longestToken;
    }

    /** {@return the length in characters above which a token is refused unread} */
    int longestToken() {
        return longestToken;
    }
}
