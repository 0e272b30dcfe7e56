package io.github.keycloakgigya.soak;

/** How something ended that somebody tried. */
public enum Ending {
    /** As it should: who may was let in, who may not was refused. */
    RIGHT("as it should"),
    /** The person reads, or the app is told, that Gigya can't be reached at the moment. */
    UNAVAILABLE("told that Gigya can't be reached"),
    /** The connection was cut, or the proxy had no node that answers. */
    NO_ANSWER("no answer, or the proxy's"),
    /** HTTP status 500. */
    SERVER_ERROR("status 500"),
    /** Somebody was let in who may not. */
    INTRUSION("wrongly let in"),
    /** Nothing of these; somebody who may come in was refused, say. */
    STRANGE("another answer");

    private final String title;

    Ending(String title) {
        this.title = title;
    }

    /** {@return what the page calls it} */
    public String title() {
        return title;
    }
}
