/** Tests of the room {@code storage}. */
package io.github.keycloakgigya.storage;
