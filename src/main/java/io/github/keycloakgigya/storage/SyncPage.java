package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.api.SearchPage;
import java.time.Instant;

/**
 * A page of accounts on its way into Keycloak.
 *
 * @param found what Gigya answered
 * @param opened when its cursor was opened, by Gigya's clock: what changed later may be missing
 */
record SyncPage(SearchPage found, Instant opened) {}
