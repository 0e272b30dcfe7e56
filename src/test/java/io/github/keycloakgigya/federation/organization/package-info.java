/** Tests of memberships in organizations. */
package io.github.keycloakgigya.federation.organization;
