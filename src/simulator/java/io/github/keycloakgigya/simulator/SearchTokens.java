package io.github.keycloakgigya.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/** The words, texts, numbers and signs of a query, taken one after the other. */
final class SearchTokens {

    private static final int LONGEST_QUERY = 64 << 10;

    // The language has no documented escape, so a text with a quotation mark or a backslash is none.
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<text>\"[^\"\\\\\\p{Cntrl}]*\")"
            + "|(?<number>-?[0-9]+(?:\\.[0-9]+)?)"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_$.-]*)"
            + "|(?<sign>>=|<=|!=|[=<>(),*])"
            + "|(?<end>\\z))");

    /** What a token is. */
    enum Kind {
        TEXT,
        NUMBER,
        WORD,
        SIGN
    }

    /** A token; texts without their quotation marks. */
    record Token(Kind kind, String value) {}

    private final Deque<Token> tokens = new ArrayDeque<>();

    SearchTokens(String query) throws Refusal {
        if (query.length() > LONGEST_QUERY) {
            throw refused("too long");
        }
        var matcher = TOKEN.matcher(query);
        int next = 0;
        while (next < query.length()) {
            if (!matcher.region(next, query.length()).lookingAt()) {
                throw refused("syntax");
            }
            if (matcher.group("text") != null) {
                var quoted = matcher.group("text");
                tokens.add(new Token(Kind.TEXT, quoted.substring(1, quoted.length() - 1)));
            } else if (matcher.group("number") != null) {
                tokens.add(new Token(Kind.NUMBER, matcher.group("number")));
            } else if (matcher.group("word") != null) {
                tokens.add(new Token(Kind.WORD, matcher.group("word")));
            } else if (matcher.group("sign") != null) {
                tokens.add(new Token(Kind.SIGN, matcher.group("sign")));
            }
            next = matcher.end();
        }
    }

    /** {@return the refusal of a query} Its details quote nothing of it. */
    static Refusal refused(String why) {
        return Refusal.of(GigyaError.INVALID_PARAMETER_VALUE, "Invalid parameter: query (" + why + ")");
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    Token take() throws Refusal {
        if (tokens.isEmpty()) {
            throw refused("it ends too early");
        }
        return tokens.remove();
    }

    String take(Kind kind) throws Refusal {
        var token = take();
        if (token.kind() != kind) {
            throw refused("syntax");
        }
        return token.value();
    }

    /** Takes a keyword, in any letter case, if it comes next. */
    boolean takeKeyword(String keyword) {
        return Optional.ofNullable(tokens.peek())
                .filter(token -> token.kind() == Kind.WORD && token.value().equalsIgnoreCase(keyword))
                .map(token -> tokens.remove())
                .isPresent();
    }

    void requireKeyword(String keyword) throws Refusal {
        if (!takeKeyword(keyword)) {
            throw refused(keyword + " expected");
        }
    }

    boolean takeSign(String sign) {
        return Optional.ofNullable(tokens.peek())
                .filter(token -> token.kind() == Kind.SIGN && token.value().equals(sign))
                .map(token -> tokens.remove())
                .isPresent();
    }

    void requireSign(String sign) throws Refusal {
        if (!takeSign(sign)) {
            throw refused("syntax");
        }
    }
}
