package io.github.keycloakgigya.server;

import java.net.URI;

/** A Keycloak that runs with this project's jar, wherever that is. */
public interface Keycloak {

    /** {@return its address, without a slash at the end} */
    URI address();

    /** {@return an administrator of the realm {@code master}} */
    AdminClient admin();
}
