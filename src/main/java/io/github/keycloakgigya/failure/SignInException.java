package io.github.keycloakgigya.failure;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.token.TokenRefusedException;
import java.util.Optional;

/** A sign-in that failed. Its message is safe to log: it holds no secret, no token and nothing of a person. */
public final class SignInException extends Exception {

    private static final long serialVersionUID = 1L;

    private final SignInError error;
    private final String messageKey;

    private SignInException(SignInError error, String messageKey, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
        this.messageKey = messageKey;
    }

    /** {@return a failure that this extension found} */
    public static SignInException of(SignInError error, String message) {
        return new SignInException(error, error.messageKey(), message, null);
    }

    /** {@return a failure that follows from one of a call to Gigya} */
    public static SignInException of(GigyaException failure) {
        var error = SignInError.of(failure.kind());
        return new SignInException(error, error.messageKey(), failure.getMessage(), failure);
    }

    /** {@return a failure because a browser's token was refused} */
    public static SignInException of(TokenRefusedException refusal) {
        var error = refusal.rule().isAge() ? SignInError.PROOF_EXPIRED : SignInError.PROOF_INVALID;
        return new SignInException(error, error.messageKey(), refusal.getMessage(), refusal);
    }

    /** {@return the same failure, telling the person something more exact} */
    public SignInException saying(String otherMessageKey) {
        return new SignInException(error, otherMessageKey, getMessage(), getCause());
    }

    /** {@return why the sign-in failed} */
    public SignInError error() {
        return error;
    }

    /** {@return the key of the text that the person reads} */
    public String messageKey() {
        return messageKey;
    }

    /** {@return whether Gigya refused a call because of the settings, which only an administrator can mend} */
    public boolean isRefusalOfSettings() {
        return error == SignInError.GIGYA_MISCONFIGURED && gigyaFailure().isPresent();
    }

    /** {@return the failed call, where there was one} */
    public Optional<GigyaException> gigyaFailure() {
        return getCause() instanceof GigyaException failure ? Optional.of(failure) : Optional.empty();
    }
}
