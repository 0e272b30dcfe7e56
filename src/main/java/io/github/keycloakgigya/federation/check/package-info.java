/**
 * Tries the settings of a user federation out, by the calls that look-up, sync and sign-in make.
 *
 * <p>Used when settings are saved, and when an administrator asks.
 */
package io.github.keycloakgigya.federation.check;
