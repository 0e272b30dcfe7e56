package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.settings.connector.GigyaConnection;
import io.github.keycloakgigya.signin.FreshSignIn;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Asks Gigya for an account that signs in, and makes sure that it is what the provider and the login demand. */
final class AccountInquiry {

    private final ProviderSettings settings;
    private final GigyaConnection connection;
    private final Clock clock;

    AccountInquiry(ProviderSettings settings, GigyaConnection connection, Clock clock) {
        this.settings = settings;
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param uid the account's UID
     * @param demands what the answer has to prove besides
     * @param mapped the fields that mappers need
     */
    record Question(String uid, LoginDemands demands, Set<GigyaField> mapped) {}

    /**
     * What Gigya said.
     *
     * @param account the account
     * @param fields what Gigya was asked for
     */
    record Answer(GigyaAccount account, Set<GigyaField> fields) {}

    /**
     * {@return the account}
     *
     * @param federated the same account, where its user is a federation's: it is told where there is no such account, or it is disabled
     */
    Answer ask(Question asked, Optional<FederatedAccount> federated) throws SignInException {
        var fields = new LinkedHashSet<>(settings.fields());
        fields.addAll(asked.mapped());
        federated.map(FederatedAccount::fields).ifPresent(fields::addAll);
        try {
            var account = connection.accounts().read(asked.uid(), fields);
            BrokeredAccount.requireKeepable(account, fields);
            if (settings.essential().filter(field -> !field.isMetBy(account)).isPresent()) {
                throw SignInException.of(SignInError.ESSENTIAL_CLAIM_MISSING, "the account lacks an essential claim");
            }
            var freshSince = asked.demands().freshSince();
            if (freshSince.isPresent()) {
                new FreshSignIn(connection, clock).require(freshSince.get(), account);
            }
            return new Answer(account, fields);
        } catch (GigyaException failed) {
            federated.ifPresent(account -> account.told(failed));
            throw SignInException.of(failed);
        }
    }
}
