/**
 * Older and newer servers and Javas, and the way from one to the other.
 */
package io.github.keycloakgigya.it.versions;
