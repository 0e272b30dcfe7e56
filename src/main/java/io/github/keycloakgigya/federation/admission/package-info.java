/**
 * The one way from an account to the user who stands for it, which every door goes: who is expected, who is known, whether
 * that one may sign in, what Gigya says now, whether that is what the door demands, and the user brought up to date.
 *
 * <p>A door says in values what it demands; nothing here calls it back.
 */
package io.github.keycloakgigya.federation.admission;
