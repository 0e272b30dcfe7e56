/** Tests of the room {@code admin}. */
package io.github.keycloakgigya.admin;
