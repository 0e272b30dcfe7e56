/**
 * Sign-ins of apps by the identity provider: token exchange (RFC 8693) and the JWT authorization grant (RFC 7523).
 */
package io.github.keycloakgigya.broker.grant;
