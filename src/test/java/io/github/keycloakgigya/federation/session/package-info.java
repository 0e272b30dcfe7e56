/** Tests of how sessions end because of what Gigya said, without a server. */
package io.github.keycloakgigya.federation.session;
