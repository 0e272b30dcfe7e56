package io.github.keycloakgigya.token;

import java.util.Objects;

/** A token or a UID signature broke a rule. The message is fixed text for each rule and holds nothing of the token. */
public final class TokenRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final TokenRule rule;

    TokenRefusedException(TokenRule rule) {
        // No cause: the message of a parser's exception quotes what it could not read.
        super("refused: " + rule.reason());
        this.rule = Objects.requireNonNull(rule, "rule");
    }

    /** {@return the first rule that was found broken} */
    public TokenRule rule() {
        return rule;
    }

    /** The rules that a token or a UID signature of Gigya must keep; a refusal names the one that was broken. */
    public enum TokenRule {
        /** The text is longer than any token from there. */
        TOO_LONG("it is too long"),
        /** It is not a compact JWS of JSON objects (RFC 7515, section 7.1), or not a signature of the right form. */
        MALFORMED("it is malformed"),
        /** The algorithm is not RS256. */
        ALGORITHM("its algorithm is not RS256"),
        /** The header holds a member that no token of Gigya has and that would change how a token is verified. */
        HEADER("its header holds a forbidden member"),
        /** The header names no signing key, or two. */
        KEY_ID("its header does not name one signing key"),
        /** The signing key is not among the keys of the API domain. */
        UNKNOWN_KEY("its signing key is not known"),
        /** The signature does not fit. */
        SIGNATURE("its signature is wrong"),
        /** The issuer is not one of the expected sites. */
        ISSUER("its issuer is another"),
        /** The claim {@code apiKey} is not the one that the issuer names. */
        API_KEY("its API key is another"),
        /** It is signed for a webhook's body, not for a person. */
        WEBHOOK("it is a webhook's"),
        /** It is another kind of token than the expected. */
        KIND("it is another kind of token"),
        /** Gigya says that the person is not signed in. */
        NOT_SIGNED_IN("it says that nobody is signed in"),
        /** The UID is absent or of a form that no UID has. */
        SUBJECT("it names no usable UID"),
        /** It does not name the SHA-256 of the body that it came with. */
        BODY("it is not of this body"),
        /** The UID is not the one asked for. */
        OTHER_SUBJECT("it is about another UID"),
        /** The audience is not the expected, or there is one where none is expected. */
        AUDIENCE("its audience is another"),
        /** The times are absent, are not whole seconds, or contradict each other. */
        TIMES("its times are unusable"),
        /** It was made in the future, or begins there. */
        FROM_THE_FUTURE("it is from the future"),
        /** It has run out by its own word. */
        EXPIRED("it has expired"),
        /** It is older than the receiver allows. */
        TOO_OLD("it is too old");

        private final String reason;

        TokenRule(String reason) {
            this.reason = reason;
        }

        /** {@return what is wrong, in words that hold nothing of the token, such as {@code it has expired}} */
        public String reason() {
            return reason;
        }

        /** {@return whether it is a good token that was made for another purpose, as far as this rule tells} */
        public boolean isPurpose() {
            return this == KIND || this == AUDIENCE;
        }

        /** {@return whether only time has passed since it was good} */
        public boolean isAge() {
            return this == EXPIRED || this == TOO_OLD;
        }
    }
}
