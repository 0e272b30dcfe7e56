package io.github.keycloakgigya.api;

import java.util.Locale;

/**
 * A part of an account that no token of {@code accounts.getJWT} holds. {@code accounts.getAccountInfo} tells it, where it
 * is asked to, and so does {@code accounts.search}. Neither answer is signed: it is as true as the TLS connection that it
 * came through.
 */
public enum AccountSection {
    /** What its owner consented to. */
    PREFERENCES("accounts"),
    /** The newsletters that its owner wants. Searched as {@code emailAccounts}. */
    SUBSCRIPTIONS("emailAccounts"),
    /** What its owner is told, topic by topic and channel by channel. Searched as {@code communications}. */
    COMMUNICATIONS("communications"),
    /** The organizations of a B2B site that its owner belongs to. Only servers write them. */
    GROUPS("accounts");

    private static final String ACCOUNTS = "accounts";

    private final String source;

    AccountSection(String source) {
        this.source = source;
    }

    /** {@return the name of the member that holds it in an answer} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what a search has to look through for it} */
    public String source() {
        return source;
    }

    /** {@return whether a search of accounts leaves it out, so that it takes a search of its own} */
    public boolean isSearchedApart() {
        return !source.equals(ACCOUNTS);
    }
}
