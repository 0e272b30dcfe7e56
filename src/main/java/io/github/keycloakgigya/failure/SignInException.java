package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.token.TokenRefusedException;
import java.util.Optional;

/** A sign-in that failed. Its message is safe to log: it holds no secret, no token and nothing of a person. */
public final class SignInException extends Exception {

    private static final long serialVersionUID = 1L;

    private final SignInError error;

    private SignInException(SignInError error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    private SignInException(SignInError error, Exception cause) {
        this(error, cause.getMessage(), cause);
    }

    /** {@return a failure that this extension found} */
    public static SignInException of(SignInError error, String message) {
        return new SignInException(error, message, null);
    }

    /** {@return a failure that follows from one of a call to Gigya} */
    public static SignInException of(GigyaException failure) {
        return new SignInException(SignInError.of(failure.kind()), failure);
    }

    /** {@return a failure that follows from one of a call to Gigya, where a user was looked for} */
    public static SignInException ofLookUp(GigyaException failure) {
        return new SignInException(SignInError.ofLookUp(failure.kind()), failure);
    }

    /** {@return a failure because a browser's token was refused} */
    public static SignInException of(TokenRefusedException refusal) {
        return new SignInException(
                refusal.rule().isAge() ? SignInError.PROOF_EXPIRED : SignInError.PROOF_INVALID, refusal);
    }

    /** {@return a failure because a door can't open with its settings} */
    public static SignInException of(SettingsException unusable) {
        return new SignInException(SignInError.GIGYA_MISCONFIGURED, unusable);
    }

    /** {@return the same failure, as somebody is told who typed a password and showed no proof} */
    public SignInException atPassword() {
        var failed = gigyaFailure();
        if (failed.isPresent()) {
            return new SignInException(SignInError.ofPassword(failed.get().kind()), failed.get());
        }
        return error == SignInError.GIGYA_MISCONFIGURED ? of(SignInError.PASSWORD_MISCONFIGURED, getMessage()) : this;
    }

    /** {@return why the sign-in failed, which knows what each audience is told} */
    public SignInError error() {
        return error;
    }

    /** {@return whether Gigya refused a call because of the settings, which only an administrator can mend} */
    boolean isRefusalOfSettings() {
        return error.isMisconfiguration() && gigyaFailure().isPresent();
    }

    /** {@return whether the settings can't even be used for a call} */
    boolean isOfUnusableSettings() {
        return getCause() instanceof SettingsException;
    }

    /** {@return the failed call, where there was one} */
    Optional<GigyaException> gigyaFailure() {
        return getCause() instanceof GigyaException failure ? Optional.of(failure) : Optional.empty();
    }
}
