package io.github.keycloakgigya.it.realm;

import java.util.Locale;

/** The errors of the contract: what the event says, and what the person reads in English. */
public enum Refusal implements Outcome {
    PROOF_INVALID("Your sign-in could not be confirmed. Please try again."),
    PROOF_EXPIRED("Too much time has passed since you signed in. Please try again."),
    PROOF_REPLAYED("This sign-in has already been used. Please try again."),
    ACCOUNT_NOT_FOUND("This account is not known here. Use another account or contact support."),
    ACCOUNT_DISABLED("This account is disabled. Use another account or contact support."),
    ACCOUNT_INCOMPLETE("Your account is not complete yet. Select “Use another account”, sign in once more with the same"
            + " account, and fill in what you are asked for."),
    ACCOUNT_CONFLICT("Somebody is already registered here with your e-mail address or user name, so you were not"
            + " signed in. Please contact support."),
    ACCOUNT_RELEASED(
            "You have moved: this sign-in no longer leads to your account. Go back and sign in with your user name"
                    + " or e-mail address, or contact support."),
    GIGYA_UNAVAILABLE("The sign-in service cannot be reached at the moment. Please try again in a few minutes."),
    GIGYA_MISCONFIGURED("Sign-in is not set up correctly here, and trying again will not help. Please tell support.");

    private final String message;

    Refusal(String message) {
        this.message = message;
    }

    /** {@return what the page says} */
    public String message() {
        return message;
    }

    /** {@return the event's detail {@code gigya_error}} */
    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether the proof was refused, and with it everything that it says} */
    boolean isOfProof() {
        return name().startsWith("PROOF_");
    }

    @Override
    public Attempt of(Attempt attempt) {
        return attempt.wasRefused(this);
    }
}
