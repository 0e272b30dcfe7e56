package io.github.keycloakgigya.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.VerifiedToken;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What Gigya says about a person: the UID, and the values of the fields that were asked for. */
public final class GigyaAccount {

    /** The attribute of a Keycloak user that holds the account's UID. */
    public static final String UID_ATTRIBUTE = "gigya.uid";

    // A profile field may come under its short name, but these names are the token's own.
    private static final Set<String> TOKEN_CLAIMS =
            Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti", "auth_time", "apiKey", "isLoggedIn");

    private final Uid uid;
    private final Instant asOf;
    private final Map<GigyaField, List<String>> values;
    private final List<OrganizationMembership> organizations;

    private GigyaAccount(Uid uid, Instant asOf, Map<GigyaField, List<String>> values, Object organizations) {
        this.uid = uid;
        this.asOf = asOf;
        this.values = Map.copyOf(values);
        this.organizations = OrganizationMembership.allOf(organizations);
    }

    /**
     * Takes fields out of a token, and those that no token holds out of what Gigya said besides. A claim that only has
     * the name of such a field is not taken for it.
     *
     * @param token Gigya's answer to a call that asked for these fields
     * @param besides the answer about the same account to a call that asked for the sections of these fields; empty where
     *     there are none
     * @param fields those that are wanted
     * @throws GigyaException of kind {@code UNAVAILABLE} where a field holds more than 1,000 values or a value of more
     *     than 65,536 characters: to store a part could change what it means, so that nothing is taken
     */
    public static GigyaAccount of(VerifiedToken token, Optional<AccountInfo> besides, Set<GigyaField> fields)
            throws GigyaException {
        var values = values(
                token.uid(),
                fields,
                field -> field.section().isPresent()
                        ? besides.map(info -> info.value(field.path())).orElse(null)
                        : claim(token.claims(), field));
        return new GigyaAccount(
                token.uid(),
                token.issuedAt(),
                values,
                besides.map(info -> info.value(GigyaField.ORGANIZATIONS.path())).orElse(null));
    }

    /**
     * Takes fields out of what a search found. The answer of {@code accounts.search} is not signed: it is as true as
     * the TLS connection that it came through.
     *
     * @param found an account whose search asked for these fields
     * @param asOf when Gigya answered the search, by Gigya's clock
     * @param fields those that are wanted
     * @throws GigyaException of kind {@code UNAVAILABLE} where a field holds too much, as for {@link #of(VerifiedToken,
     *     Optional, Set)}, or is of a section that could not be searched for
     */
    public static GigyaAccount of(FoundAccount found, Instant asOf, Set<GigyaField> fields) throws GigyaException {
        for (var section : GigyaField.sectionsOf(fields)) {
            // What nobody could ask for is not taken for gone.
            if (section.isSearchedApart() && !found.knows(section)) {
                throw GigyaException.unavailable(
                        "no search can ask for the account's " + section.id() + ", because of the form of its UID");
            }
        }
        var values = values(found.uid(), fields, field -> found.value(field.path()));
        return new GigyaAccount(found.uid(), asOf, values, found.value(GigyaField.ORGANIZATIONS.path()));
    }

    private static Map<GigyaField, List<String>> values(
            Uid uid, Set<GigyaField> fields, Function<GigyaField, Object> claim) throws GigyaException {
        var values = new HashMap<GigyaField, List<String>>();
        for (var field : fields) {
            var ofField = AttributeValues.of(claim.apply(field));
            if (ofField.exceedLimits()) {
                throw GigyaException.unavailable("the account's field " + field + " holds too much");
            }
            values.put(field, ofField.values());
        }
        values.put(GigyaField.UID, List.of(uid.value()));
        return values;
    }

    /** Profile fields come under the name that was used to ask; the vendor lets their prefix be left off. */
    private static Object claim(Map<String, Object> claims, GigyaField field) {
        if (claims.containsKey(field.path())) {
            return claims.get(field.path());
        }
        return field.shortName()
                .filter(name -> !TOKEN_CLAIMS.contains(name))
                .map(claims::get)
                .orElse(null);
    }

    /** {@return the account's UID} */
    public Uid uid() {
        return uid;
    }

    /** {@return when Gigya said so, by Gigya's clock; in whole seconds where a token said so} */
    public Instant asOf() {
        return asOf;
    }

    /** {@return the first value of a field; empty where the account has none, or it was not asked for} */
    public Optional<String> value(GigyaField field) {
        return values(field).stream().findFirst();
    }

    /** {@return all values of a field, in Gigya's order; empty where the account has none, or it was not asked for} */
    public List<String> values(GigyaField field) {
        return values.getOrDefault(Objects.requireNonNull(field, "field"), List.of());
    }

    /** {@return the organizations that the account belongs to; none where they were not asked for} */
    public List<OrganizationMembership> organizations() {
        return organizations;
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "GigyaAccount[]";
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
