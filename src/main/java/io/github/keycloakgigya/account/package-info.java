/**
 * What Gigya says about a person, as values for a Keycloak user, and which field goes to which attribute.
 *
 * <p>A core room: it uses {@code token} and {@code api}, and nothing of Keycloak. Everything here comes out of a verified
 * answer to a call of ours; nothing that a browser posts gets in.
 */
package io.github.keycloakgigya.account;
