/**
 * Tests against a running Keycloak that has the built jar, in folders by subject. Here is what all of them share: the
 * servers, databases and programs.
 */
package io.github.keycloakgigya.it;
