package io.github.keycloakgigya.api;

/** A method of the REST API, and what its failures may be taken to say. */
public enum ApiMethod {
    /** The token of an account. */
    GET_JWT("accounts.getJWT", Subject.KNOWN_UID),
    /** The keys of a site. */
    GET_JWT_PUBLIC_KEY("accounts.getJWTPublicKey", Subject.SITE),
    /** The state of an account. */
    GET_ACCOUNT_INFO("accounts.getAccountInfo", Subject.KNOWN_UID),
    /** The account of an identifier. */
    FIND_ACCOUNT("accounts.getAccountInfo", Subject.IDENTIFIER),
    /** The check of a password. */
    LOGIN("accounts.login", Subject.CREDENTIALS),
    /** The check of a UID signature. */
    EXCHANGE_UID_SIGNATURE("accounts.exchangeUIDSignature", Subject.PROOF),
    /** The end of all sessions of an account. */
    LOGOUT("accounts.logout", Subject.KNOWN_UID),
    /** A search for accounts. */
    SEARCH("accounts.search", Subject.ACCOUNTS),
    /** The webhooks of a site. */
    GET_WEBHOOKS("accounts.webhooks.getAll", Subject.WEBHOOKS),
    /** What became of a webhook's last message. */
    GET_WEBHOOK_STATUS("accounts.webhooks.getStatus", Subject.WEBHOOKS),
    /** A new webhook, or a change of one. */
    SET_WEBHOOK("accounts.webhooks.set", Subject.WEBHOOKS),
    /** The end of a webhook. */
    DELETE_WEBHOOK("accounts.webhooks.delete", Subject.WEBHOOKS);

    private enum Subject {
        SITE,
        KNOWN_UID,
        ACCOUNTS,
        IDENTIFIER,
        CREDENTIALS,
        PROOF,
        WEBHOOKS
    }

    private final String fullName;
    private final Subject subject;

    ApiMethod(String fullName, Subject subject) {
        this.fullName = fullName;
        this.subject = subject;
    }

    /** {@return the name as in {@code accounts.getJWT}} */
    public String fullName() {
        return fullName;
    }

    /** {@return whether the call must show that it may act for the site} */
    public boolean isAuthorized() {
        return subject != Subject.SITE;
    }

    /** {@return whether a second call does no harm: a second login may lock the account} */
    public boolean isRepeatable() {
        return subject != Subject.CREDENTIALS;
    }

    /**
     * {@return whether an account that is not found is proven not to exist} A browser's unchecked proof proves nothing:
     * whoever could make Gigya say "unauthorized user" for another person's UID would get that person removed.
     */
    boolean mayProveAbsence() {
        return subject == Subject.KNOWN_UID || namesByIdentifier();
    }

    /** {@return whether the value that Gigya may refuse is a text that somebody typed, so that nobody has it then} */
    boolean namesByIdentifier() {
        return subject == Subject.IDENTIFIER;
    }

    /** {@return whether the values that Gigya may refuse were posted by a browser as proof of a sign-in} */
    public boolean carriesProof() {
        return subject == Subject.PROOF;
    }
}
