package io.github.keycloakgigya.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.AccountSection;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field of a Gigya account: {@code UID}, or a path such as {@code profile.firstName}, {@code data.loyalty.level} or
 * {@code preferences.terms.tos.isConsentGranted}.
 *
 * <p>Paths are case-sensitive. They hold no comma, so that one field of a request can't become two.
 */
public final class GigyaField implements Comparable<GigyaField> {

    /** The account's UID, which every account has and no call needs to ask for. */
    public static final GigyaField UID = new GigyaField("UID");

    /** The organizations of a B2B site that an account belongs to. */
    public static final GigyaField ORGANIZATIONS = new GigyaField("groups.organizations");

    private static final String PROFILE = "profile.";
    private static final int LONGEST = 256;
    private static final String NAME = "\\.[A-Za-z0-9_$-]+";
    // Of communications and groups only what a sign-in and a search tell alike: the rest would come and go.
    private static final Pattern FORM = Pattern.compile("UID|(profile|data|preferences|subscriptions)(" + NAME + ")+"
            + "|communications" + NAME + "\\.status|groups\\.organizations(" + NAME + ")?");
    private static final Map<String, AccountSection> SECTIONS = Stream.of(AccountSection.values())
            .collect(Collectors.toUnmodifiableMap(AccountSection::id, section -> section));

    private final String path;

    private GigyaField(String path) {
        this.path = path;
    }

    /**
     * Reads a field's path.
     *
     * @param path as an administrator typed it; surrounding white space is left out
     * @throws IllegalArgumentException whose message tells an administrator what is wrong
     */
    public static GigyaField parse(String path) {
        var stripped = path.strip();
        if (stripped.length() > LONGEST) {
            throw new IllegalArgumentException("a Gigya field's path has at most " + LONGEST + " characters");
        }
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("a Gigya field is empty");
        }
        if (!FORM.matcher(stripped).matches()) {
            throw new IllegalArgumentException("'" + stripped + "' is not a Gigya field: expected is UID, "
                    + "profile.<name>, data.<path>, preferences.<path>, subscriptions.<path>, "
                    + "communications.<topic>_<channel>.status or groups.organizations, "
                    + "of letters, digits, _, $ and -, with dots between the names");
        }
        return new GigyaField(stripped);
    }

    /** {@return the full path, such as {@code profile.firstName}} */
    public String path() {
        return path;
    }

    /** {@return whether {@code accounts.getJWT} is to be asked for it} */
    public boolean isInToken() {
        return !UID.equals(this) && section().isEmpty();
    }

    /** {@return the section that no token holds, where the field is one of it} */
    public Optional<AccountSection> section() {
        return Optional.ofNullable(SECTIONS.get(path.split("\\.")[0]));
    }

    /** {@return the sections that fields are of, of those that no token holds} */
    public static Set<AccountSection> sectionsOf(Collection<GigyaField> fields) {
        return fields.stream()
                .flatMap(field -> field.section().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AccountSection.class)));
    }

    /** {@return the name that a profile field also goes by, such as {@code firstName}; empty for other fields} */
    Optional<String> shortName() {
        return path.startsWith(PROFILE) ? Optional.of(path.substring(PROFILE.length())) : Optional.empty();
    }

    /** Orders by path. */
    @Override
    public int compareTo(GigyaField other) {
        return path.compareTo(other.path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GigyaField field && path.equals(field.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path);
    }

    /** {@return the path} */
    @Override
    public String toString() {
        return path;
    }

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
}
