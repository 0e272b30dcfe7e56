package io.github.keycloakgigya.api;

/** What a failed call means to the one who made it. */
public enum FailureKind {
    /** Gigya knows no account of that UID in this site. The only kind that proves absence. */
    ACCOUNT_NOT_FOUND,
    /** The login identifier or the password is wrong; Gigya does not say which. */
    WRONG_CREDENTIALS,
    /** The account waits for its owner: missing fields or consents, an unverified login identifier. */
    ACCOUNT_INCOMPLETE,
    /** The account is disabled in Gigya. */
    ACCOUNT_DISABLED,
    /** The account or the caller's address is locked for a while. */
    ACCOUNT_LOCKED,
    /** Gigya wants another step of the person: a second factor, a new password, a captcha, a recent sign-in. */
    STEP_REQUIRED,
    /** A UID signature is too old, or is not Gigya's. */
    PROOF_REFUSED,
    /** Gigya can't be reached, is too slow, throttles, failed, or answered what can't be understood. */
    UNAVAILABLE,
    /** Gigya refused this site's settings: API key, secret, data center, permissions. */
    MISCONFIGURED;

    /** {@return whether the account is proven not to exist} */
    public boolean provesAbsence() {
        return this == ACCOUNT_NOT_FOUND;
    }

    /** {@return whether Gigya would not answer for other accounts of the site either} */
    public boolean isOfWholeSite() {
        return this == UNAVAILABLE || this == MISCONFIGURED;
    }

    /** {@return whether the person typed something wrong, so that brute-force protection counts it} */
    public boolean isWrongPassword() {
        return this == WRONG_CREDENTIALS;
    }
}
