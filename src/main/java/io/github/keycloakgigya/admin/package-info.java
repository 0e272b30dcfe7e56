/**
 * The admin resource {@code gigya}: what an administrator can have tried out before it is saved or synchronized,
 * and have set up at Gigya.
 *
 * <p>Answers hold no secret and nothing of a person.
 */
package io.github.keycloakgigya.admin;
