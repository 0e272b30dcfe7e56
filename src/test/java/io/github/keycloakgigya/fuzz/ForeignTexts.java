package io.github.keycloakgigya.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Texts that are made from good ones by chance, as somebody makes them who looks for a hole. They are the same in every
 * run of the tests; {@code -Dfuzz.rounds=200000 -Dfuzz.seed=7} makes more, and others.
 */
public final class ForeignTexts {

    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_260_301L);
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST = 20_000;

    /** What parsers trip over: signs of their own languages, numbers at the edge, and letters that are none. */
    private static final List<String> TOKENS = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            ".",
            "..",
            "=",
            "-",
            "_",
            "+",
            "/",
            "%",
            "%00",
            "&",
            "#",
            "##",
            "$",
            "${",
            "|",
            "null",
            "true",
            "NaN",
            "Infinity",
            "-0",
            "0",
            "1e999999999",
            "1e-2147483648",
            "-1",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999999999",
            "0.1",
            "\\u0000",
            "\\ud800",
            "\\u002e",
            "\0",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\u0085",
            "\u00A0",
            "\u200B",
            "\u202E",
            "\u2028",
            "\uFEFF",
            "\uFF0E",
            "\uFF11",
            "\u0130",
            "\u212A",
            "\u00DF",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "\uFFFD",
            "//",
            "/*",
            "<!--",
            "-----BEGIN RSA PRIVATE KEY-----",
            "-----END RSA PRIVATE KEY-----",
            "-----BEGIN A-----",
            "AAAA",
            "A",
            "{\"a\":",
            "[[[[[[[[",
            "]]]]]]]]",
            "UID",
            "sub",
            "alg",
            "none",
            "kid",
            "https://",
            "@",
            ":443",
            "OR",
            "AND");

    /** What reads a foreign text. */
    @FunctionalInterface
    public interface Parser {

        /** Reads it, or refuses it by one of the exceptions that are declared. */
        void read(String text) throws Exception;
    }

    private final List<String> good;
    private final Random chance;

    private ForeignTexts(List<String> good) {
        this.good = good;
        this.chance = new Random(SEED);
    }

    /**
     * Makes sure that a parser takes or refuses every text, and fails by none.
     *
     * @param good texts of the kind that it is made for
     * @param refusals how it may say that it does not take a text
     */
    public static void readAll(List<String> good, Parser parser, Class<?>... refusals) {
        var texts = new ForeignTexts(good);
        good.forEach(text -> read(text, parser, refusals));
        for (int round = 0; round < ROUNDS; round++) {
            read(texts.next(), parser, refusals);
        }
    }

    private static void read(String text, Parser parser, Class<?>[] refusals) {
        try {
            parser.read(text);
        } catch (Exception | StackOverflowError failure) {
            if (Arrays.stream(refusals).noneMatch(refusal -> refusal.isInstance(failure))) {
                throw new AssertionError("read with seed " + SEED + ": " + escaped(text), failure);
            }
        }
    }

    private String next() {
        var text = oneOf(good);
        for (int change = chance.nextInt(MOST_CHANGES); change >= 0; change--) {
            text = changed(text);
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private String changed(String text) {
        int from = chance.nextInt(text.length() + 1);
        int to = from + chance.nextInt(Math.min(text.length() - from, 40) + 1);
        var before = text.substring(0, from);
        var middle = text.substring(from, to);
        var after = text.substring(to);
        return switch (chance.nextInt(8)) {
            case 0 -> before + after;
            case 1 -> before + middle + middle + after;
            case 2 -> before + oneOf(TOKENS) + after;
            case 3 -> before + oneOf(TOKENS) + middle + after;
            case 4 -> before + (char) chance.nextInt(Character.MAX_VALUE + 1) + after;
            case 5 -> before + oneOf(TOKENS).repeat(chance.nextInt(300)) + after;
            case 6 -> before + endOf(oneOf(good));
            default -> middle + after + before;
        };
    }

    private String endOf(String text) {
        return text.substring(chance.nextInt(text.length() + 1));
    }

    private String oneOf(List<String> texts) {
        return texts.get(chance.nextInt(texts.size()));
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars()
                .forEach(unit -> escaped.append(
                        unit >= ' ' && unit < 127 ? Character.toString(unit) : String.format("\\u%04x", unit)));
        return escaped.toString();
    }
}
