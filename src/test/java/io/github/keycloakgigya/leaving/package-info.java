/** Tests of the way to Keycloak alone. */
package io.github.keycloakgigya.leaving;
