/**
 * The user-storage provider {@code gigya}: users that stand for Gigya accounts.
 *
 * <p>Finds users by UID, imports them and writes what changed. It is told what a verified token says about an account;
 * whether somebody proved to own that account is not its question. Uses {@code settings} and the core rooms.
 */
package io.github.keycloakgigya.storage;
