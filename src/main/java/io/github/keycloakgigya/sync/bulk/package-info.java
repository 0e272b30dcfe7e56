/**
 * Writes many users at a time: through Keycloak's JPA entities where they are as expected, and else through its model.
 *
 * <p>Both ways pass the same tests. Each method works in transactions of its own.
 */
package io.github.keycloakgigya.sync.bulk;
