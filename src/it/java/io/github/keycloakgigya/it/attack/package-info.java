/**
 * Attacks: the table of them at every door, and those that stand for themselves. Start reading at
 * {@link io.github.keycloakgigya.it.attack.AttackIT}.
 */
package io.github.keycloakgigya.it.attack;
