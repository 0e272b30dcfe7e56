package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.Uid.UidSignature;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * Calls of {@code accounts.exchangeUIDSignature} for all realms of a node, in bounds: anybody can make up a signature,
 * which only Gigya tells from a good one. Gigya is asked about 20 of a site that it refuses at once, and then about one
 * a second; those that it takes, and failures of Gigya, don't count. Safe for use by many threads.
 */
public final class SignatureExchanges {

    private static final int MOST = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final CallObserver observer;
    private final FetchBudgets<GigyaSite> budgets;

    /**
     * Makes full budgets, of which a node needs one set.
     *
     * @param observer is told of calls that are not made because of these limits
     */
    public SignatureExchanges(Clock clock, CallObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        this.budgets = new FetchBudgets<>(MOST, INTERVAL, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * {@return the exchange of a site}
     *
     * @param api makes the calls, under its own deadline
     */
    public SignatureExchange of(GigyaApi api) {
        return signature -> exchange(signature, api);
    }

    private UidSignature exchange(UidSignature signature, GigyaApi api) throws GigyaException {
        if (!budgets.take(api.site())) {
            observer.withheld(ApiMethod.EXCHANGE_UID_SIGNATURE);
            // Nobody knows whether it is good: that is no reason to call it wrong.
            throw GigyaException.unavailable("too many UID signatures were refused a moment ago");
        }
        var isRefused = false;
        try {
            return api.exchangeUidSignature(signature);
        } catch (GigyaException failed) {
            isRefused = failed.kind() == FailureKind.PROOF_REFUSED;
            throw failed;
        } finally {
            if (!isRefused) {
                budgets.giveBack(api.site());
            }
        }
    }

    /** Lets Gigya judge a UID signature that was made for a browser. */
    public interface SignatureExchange {

        /**
         * {@return the signature that Gigya makes for the caller's own key, not verified}
         *
         * @param signature of the form that Gigya's have, and recent
         * @throws GigyaException where Gigya refuses it, can't be asked, or has refused too many to be asked now
         */
        UidSignature exchange(UidSignature signature) throws GigyaException;
    }
}
