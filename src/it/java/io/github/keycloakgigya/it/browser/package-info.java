/**
 * The same as a person does it, in Chromium.
 */
package io.github.keycloakgigya.it.browser;
