/**
 * What an administrator decides about a user federation.
 *
 * <p>Parsed once a request into a record. What can't be used is refused with a text that names the setting.
 */
package io.github.keycloakgigya.federation.settings;
