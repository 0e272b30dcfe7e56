package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An operator of a condition. A list meets {@code =} and its like when one of its values does, and {@code CONTAINS}
 * when a value is in it; a text meets {@code CONTAINS} when another is part of it, in any letter case. Where an account
 * has no value, only {@code !=} and {@code NOT CONTAINS} hold. The record says none of this.
 */
enum SearchOperator {
    EQUAL("=", order -> order == 0),
    NOT_EQUAL("!=", order -> order == 0),
    LESS("<", order -> order < 0),
    AT_MOST("<=", order -> order <= 0),
    MORE(">", order -> order > 0),
    AT_LEAST(">=", order -> order >= 0),
    CONTAINS("CONTAINS", order -> order == 0),
    NOT_CONTAINS("NOT CONTAINS", order -> order == 0);

    private final String sign;
    private final IntPredicate holds;

    SearchOperator(String sign, IntPredicate holds) {
        this.sign = sign;
        this.holds = holds;
    }

    static SearchOperator take(SearchTokens tokens) throws Refusal {
        if (tokens.takeKeyword("CONTAINS")) {
            return CONTAINS;
        }
        if (tokens.takeKeyword("NOT")) {
            tokens.requireKeyword("CONTAINS");
            return NOT_CONTAINS;
        }
        var sign = tokens.take(SearchTokens.Kind.SIGN);
        return Stream.of(values())
                .filter(operator -> operator.sign.equals(sign))
                .findFirst()
                .orElseThrow(() -> SearchTokens.refused("unknown operator"));
    }

    void requireUsable(JsonNode literal) throws Refusal {
        boolean orders = this == LESS || this == AT_MOST || this == MORE || this == AT_LEAST;
        if (orders && literal.isBoolean()) {
            throw SearchTokens.refused("a flag has no order");
        }
    }

    boolean test(Optional<JsonNode> value, JsonNode literal, boolean ignoringCase) {
        return switch (this) {
            case NOT_EQUAL -> !EQUAL.test(value, literal, ignoringCase);
            case NOT_CONTAINS -> !CONTAINS.test(value, literal, ignoringCase);
            case CONTAINS ->
                value.filter(JsonNode::isTextual).isPresent()
                        ? literal.isTextual() && lowerCase(value.get()).contains(lowerCase(literal))
                        : value.filter(JsonNode::isArray).stream()
                                .flatMap(SearchOperator::elements)
                                .anyMatch(element -> holds(element, literal, ignoringCase));
            default ->
                value.stream()
                        .flatMap(SearchOperator::elements)
                        .anyMatch(element -> holds(element, literal, ignoringCase));
        };
    }

    private static Stream<JsonNode> elements(JsonNode value) {
        return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
    }

    private boolean holds(JsonNode element, JsonNode literal, boolean ignoringCase) {
        var order = compare(element, literal, ignoringCase);
        return order.isPresent() && holds.test(order.getAsInt());
    }

    /** {@return the order of two values; empty where they have none} */
    static OptionalInt compare(JsonNode left, JsonNode right, boolean ignoringCase) {
        if (left.isNumber() && right.isNumber()) {
            return OptionalInt.of(left.decimalValue().compareTo(right.decimalValue()));
        }
        if (left.isTextual() && right.isTextual()) {
            return OptionalInt.of(
                    ignoringCase
                            ? lowerCase(left).compareTo(lowerCase(right))
                            : left.textValue().compareTo(right.textValue()));
        }
        return left.isBoolean() && right.isBoolean()
                ? OptionalInt.of(Boolean.compare(left.booleanValue(), right.booleanValue()))
                : OptionalInt.empty();
    }

    private static String lowerCase(JsonNode text) {
        return text.textValue().toLowerCase(Locale.ROOT);
    }
}
