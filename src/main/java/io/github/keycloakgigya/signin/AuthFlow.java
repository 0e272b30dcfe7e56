package io.github.keycloakgigya.signin;

import java.util.Locale;

/** How the screen-set takes a person to a social network and back. */
public enum AuthFlow {
    /** In a window of its own. */
    POPUP,
    /** In the same window, which comes back to the login page. */
    REDIRECT;

    /** {@return the value of the setting {@code authFlow}} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
