/** Tests of the room {@code broker.mapper}. */
package io.github.keycloakgigya.broker.mapper;
