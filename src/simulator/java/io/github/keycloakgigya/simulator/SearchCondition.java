package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.function.Predicate;

/** Reads what stands behind {@code WHERE}: AND binds before OR, parentheses before both. */
final class SearchCondition {

    private static final int DEEPEST = 50;

    private final SearchTokens tokens;
    private final SearchSource source;
    private int depth;

    private SearchCondition(SearchTokens tokens, SearchSource source) {
        this.tokens = tokens;
        this.source = source;
    }

    static Predicate<SearchedRow> take(SearchTokens tokens, SearchSource source) throws Refusal {
        return new SearchCondition(tokens, source).anyOf();
    }

    private Predicate<SearchedRow> anyOf() throws Refusal {
        var condition = allOf();
        while (tokens.takeKeyword("OR")) {
            condition = condition.or(allOf());
        }
        return condition;
    }

    private Predicate<SearchedRow> allOf() throws Refusal {
        var condition = single();
        while (tokens.takeKeyword("AND")) {
            condition = condition.and(single());
        }
        return condition;
    }

    private Predicate<SearchedRow> single() throws Refusal {
        if (!tokens.takeSign("(")) {
            return comparison();
        }
        if (++depth > DEEPEST) {
            throw SearchTokens.refused("nested too deep");
        }
        var inner = anyOf();
        tokens.requireSign(")");
        depth--;
        return inner;
    }

    private Predicate<SearchedRow> comparison() throws Refusal {
        var column = source.column(tokens.take(SearchTokens.Kind.WORD));
        if (tokens.takeKeyword("IN")) {
            return isOneOf(column);
        }
        var operator = SearchOperator.take(tokens);
        var literal = literal(tokens.take());
        column.requireComparable(literal);
        operator.requireUsable(literal);
        return row -> operator.test(column.value(row), literal, column.ignoresCase());
    }

    private Predicate<SearchedRow> isOneOf(SearchColumn column) throws Refusal {
        var literals = new HashSet<JsonNode>();
        tokens.requireSign("(");
        do {
            var literal = literal(tokens.take());
            column.requireComparable(literal);
            literals.add(literal);
        } while (tokens.takeSign(","));
        tokens.requireSign(")");
        return row -> column.value(row).filter(literals::contains).isPresent();
    }

    private static JsonNode literal(SearchTokens.Token token) throws Refusal {
        return switch (token.kind()) {
            case TEXT -> TextNode.valueOf(token.value());
            case NUMBER -> DecimalNode.valueOf(new BigDecimal(token.value()));
            case WORD ->
                switch (token.value()) {
                    case "true" -> BooleanNode.TRUE;
                    case "false" -> BooleanNode.FALSE;
                    default -> throw SearchTokens.refused("a value expected");
                };
            case SIGN -> throw SearchTokens.refused("a value expected");
        };
    }
}
