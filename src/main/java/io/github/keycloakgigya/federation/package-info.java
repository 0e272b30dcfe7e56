/**
 * The users of a Gigya site: who stands for an account, who is admitted, what is written of them.
 *
 * <p>A user is found by the UID alone. Names and addresses that several want are settled here, and whoever writes a user
 * takes its row first. Only classes whose names begin with {@code Jpa} touch Keycloak's entities.
 */
package io.github.keycloakgigya.federation;
