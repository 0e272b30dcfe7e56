package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import java.time.Instant;

/**
 * A page of accounts on its way into Keycloak.
 *
 * @param found what Gigya answered
 * @param opened when its cursor was asked for, by Gigya's clock or this node's, whichever is behind: what changed later may
 *     be missing
 * @param complete whether it is its cursor's last, and the cursor showed as many accounts as Gigya counts: an answer that
 *     only says that it is the last proves nothing
 */
public record SyncPage(SearchPage found, Instant opened, boolean complete) {}
