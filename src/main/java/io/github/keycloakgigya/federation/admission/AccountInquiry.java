package io.github.keycloakgigya.federation.admission;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.signin.FreshSignIn;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Asks Gigya for an account that signs in, and makes sure that it is what the door demands.
 *
 * @param connection to the account's site
 * @param clock Keycloak's
 */
public record AccountInquiry(GigyaConnection connection, Clock clock) {

    /**
     * What Gigya said.
     *
     * @param account the account
     * @param fields what Gigya was asked for
     */
    public record Answer(GigyaAccount account, Set<GigyaField> fields) {}

    /** {@return an account on which no federation decides} */
    public Answer ask(Uid uid, AccountDemands demands) throws SignInException {
        return ask(uid, demands, Optional.empty());
    }

    /**
     * {@return an account}
     *
     * @param users those of the federation that decides on it: it is told where there is no such account, or it is
     *     disabled, and needs no call of its own
     */
    Answer ask(Uid uid, AccountDemands demands, Optional<GigyaUsers> users) throws SignInException {
        var fields = new LinkedHashSet<>(demands.fields());
        users.ifPresent(ofFederation -> fields.addAll(ofFederation.settings().fields()));
        var account = read(uid, fields, users);
        demands.require(account, fields);
        if (demands.freshSince().isPresent()) {
            new FreshSignIn(connection, clock).require(demands.freshSince().get(), account);
        }
        return new Answer(account, fields);
    }

    private GigyaAccount read(Uid uid, Set<GigyaField> fields, Optional<GigyaUsers> users) throws SignInException {
        try {
            return connection.accounts().read(uid, fields);
        } catch (GigyaException failed) {
            users.ifPresent(ofFederation -> ofFederation.told(uid, failed));
            throw SignInException.of(failed);
        }
    }
}
