/** Tests of the room {@code broker.importer}. */
package io.github.keycloakgigya.broker.importer;
