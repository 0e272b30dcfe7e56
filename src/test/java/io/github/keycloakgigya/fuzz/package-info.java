/** Texts that nobody would send by mistake, and what every parser of foreign text owes them. */
package io.github.keycloakgigya.fuzz;
