package io.github.keycloakgigya.account;

import io.github.keycloakgigya.account.GigyaField.AttributeValues;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
     * That an account belongs to an organization of a B2B site. Only servers write this to accounts: nobody does to his own.
     *
     * @param organization the organization's {@code orgId}
     * @param roles what the account's owner is there
     */
    public record OrganizationMembership(String organization, Set<String> roles) {

        private static final int LONGEST = 255;
        private static final String ACTIVE = "active";

        public OrganizationMembership {
            roles = Set.copyOf(roles);
        }

        /**
         * {@return the organizations that an account belongs to} One whose status is another than active counts for nothing,
         * and so does what is no organization.
         *
         * @param organizations what stands in {@code groups.organizations}
         */
        static List<OrganizationMembership> allOf(Object organizations) {
            var roles = new LinkedHashMap<String, Set<String>>();
            for (var element : elements(organizations)) {
                if (element instanceof Map<?, ?> organization && isActive(organization)) {
                    name(organization.get("orgId")).ifPresent(id -> {
                        var ofOrganization = roles.computeIfAbsent(id, first -> new LinkedHashSet<>());
                        elements(organization.get("roles"))
                                .forEach(role -> name(role).ifPresent(ofOrganization::add));
                    });
                }
            }
            return roles.entrySet().stream()
                    .map(organization -> new OrganizationMembership(organization.getKey(), organization.getValue()))
                    .toList();
        }

        private static boolean isActive(Map<?, ?> organization) {
            var status = organization.get("status");
            return status == null || status instanceof String text && ACTIVE.equalsIgnoreCase(text);
        }

        private static Collection<?> elements(Object list) {
            return list instanceof Collection<?> elements ? elements : List.of();
        }

        private static Optional<String> name(Object value) {
            return value instanceof String text && !text.isBlank() && text.length() <= LONGEST
                    ? Optional.of(text)
                    : Optional.empty();
        }

        /** Leaves everything out, so that no log shows it. */
        @Override
        public String toString() {
            return "OrganizationMembership[]";
        }
    }
}
