/** People who leave Gigya for Keycloak alone, at a running server. */
package io.github.keycloakgigya.it.leaving;
