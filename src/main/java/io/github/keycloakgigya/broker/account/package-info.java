/**
 * What brokering knows of an account, by which names and addresses, and which users it may reach.
 *
 * <p>Shared by the provider's own sign-ins, its mappers, the importer and the grants.
 */
package io.github.keycloakgigya.broker.account;
