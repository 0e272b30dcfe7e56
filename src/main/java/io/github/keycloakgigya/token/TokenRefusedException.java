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
}
