package io.github.keycloakgigya.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The values that a claim becomes on a Keycloak user.
 *
 * <p>Text stays as it is, numbers and booleans become their JSON text, objects compact JSON, and a list one value for
 * each element. What is null or empty becomes no value. U+0000 and halves of surrogate pairs, which PostgreSQL and UTF-8
 * can't hold, become U+FFFD: were they left out, one text could pass for another.
 *
 * @param values none of them empty
 */
record AttributeValues(List<String> values) {

    // Each value is a row of Keycloak's database. No account has as many or as long ones but by mistake or malice.
    private static final int MOST = 1_000;
    private static final int LONGEST = 64 * 1024;

    private static final int MOST_ZEROS = 100;
    private static final ObjectWriter COMPACT = new JsonMapper().writer();

    AttributeValues {
        values = List.copyOf(values);
    }

    static AttributeValues of(Object claim) {
        Stream<?> elements = claim instanceof Collection<?> list ? list.stream() : Stream.ofNullable(claim);
        return new AttributeValues(elements.map(AttributeValues::text)
                .map(AttributeValues::storable)
                .filter(text -> !text.isEmpty())
                .toList());
    }

    /** {@return whether there are more than 1,000 values, or one has more than 65,536 characters} */
    boolean exceedLimits() {
        return values.size() > MOST || values.stream().anyMatch(value -> value.length() > LONGEST);
    }

    private static String text(Object element) {
        if (element instanceof BigDecimal number) {
            // 1E+3 is 1000 to a reader, but 1E+999999999 would be a gigabyte.
            return Math.abs(number.scale()) > MOST_ZEROS ? number.toString() : number.toPlainString();
        }
        if (element instanceof Map<?, ?> object) {
            return object.isEmpty() ? "" : json(object);
        }
        if (element instanceof Collection<?> list) {
            return list.isEmpty() ? "" : json(list);
        }
        return element == null ? "" : element.toString();
    }

    private static String json(Object element) {
        try {
            return COMPACT.writeValueAsString(element);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can't be written as JSON", e);
        }
    }

    private static String storable(String text) {
        var storable = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
