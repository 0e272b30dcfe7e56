package io.github.keycloakgigya.token;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.UidSignature;

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
