/** Tests of the room {@code sync.bulk}. */
package io.github.keycloakgigya.sync.bulk;
