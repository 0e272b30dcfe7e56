/**
 * The sign-in page of {@code themes/}, rendered inside Keycloak's own login themes and driven in Chromium.
 *
 * <p>Gigya is a small script here ({@code src/test/resources/page/gigya.js}) that does as each test tells it. How the page
 * gets on with the simulator and a running Keycloak is for the integration tests.
 */
package io.github.keycloakgigya.page;
