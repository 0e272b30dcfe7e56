/**
 * Two nodes on one database.
 */
package io.github.keycloakgigya.it.cluster;
