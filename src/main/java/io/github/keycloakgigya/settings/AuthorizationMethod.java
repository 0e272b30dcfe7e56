package io.github.keycloakgigya.settings;

import java.util.Locale;

/** How requests to Gigya are authorised. */
enum AuthorizationMethod {
    /** HMAC-SHA1 over the request. */
    SIGNATURE,
    /** The secret itself, over TLS. */
    SECRET,
    /** A short-lived JWT, signed with the application's RSA key. */
    BEARER;

    /** {@return the value of the setting {@code authorizationMethod}} */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
