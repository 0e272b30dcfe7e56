/** The pages below {@code docs/reference}, which are made from the code. */
package io.github.keycloakgigya.reference;
