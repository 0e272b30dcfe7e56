/**
 * The mappers of the identity provider {@code gigya}: fields to attributes, roles, groups and user names.
 *
 * <p>None calls Gigya: which fields all of them need is asked for at once.
 */
package io.github.keycloakgigya.broker.mapper;
