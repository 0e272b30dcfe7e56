/**
 * {@code mvn -Pdemo}: a Keycloak with this extension, a realm {@code demo}, and a Gigya site to sign in at.
 *
 * <p>The site is the simulator, or a real one where {@code GIGYA_API_KEY} is set. Start reading at
 * {@link io.github.keycloakgigya.demo.Demo}. {@link io.github.keycloakgigya.demo.SiteInContainer} is the site of
 * {@code docker/compose.yaml}.
 */
package io.github.keycloakgigya.demo;
