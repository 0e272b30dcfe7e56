/**
 * The steps of login flows: the page, the direct grant, and what a fault of Gigya does to both.
 */
package io.github.keycloakgigya.it.signin;
