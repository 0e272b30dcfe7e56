/**
 * The user-storage provider {@code gigya}: users that stand for Gigya accounts.
 *
 * <p>Finds users by UID, imports them and writes what changed. It is told what a verified token says about an account;
 * whether somebody proved to own that account is its question only where the proof is a password, which Gigya checks.
 * Tests the connection to Gigya for administrators. Uses {@code settings} and the core rooms.
 */
package io.github.keycloakgigya.storage;
