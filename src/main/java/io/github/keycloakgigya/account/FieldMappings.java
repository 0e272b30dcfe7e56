package io.github.keycloakgigya.account;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which Gigya field goes to which attribute of a Keycloak user, in the administrator's order. */
public final class FieldMappings {

    // Accounts are looked up by them, and not all sections can be searched.
    private static final Set<String> NAMES = Set.of("username", "email");

    /** Says to an administrator that other sections name nobody. */
    public static final String NO_NAME = "what a person is known by is UID or a field of profile or data";

    private final Map<GigyaField, String> targets;

    private FieldMappings(Map<GigyaField, String> targets) {
        this.targets = targets;
    }

    /**
     * Reads the setting {@code fieldMappings}.
     *
     * <p>Refused are paths that are no Gigya field, user names and e-mail addresses of other fields than {@code profile}
     * and {@code data}, a field or an attribute (letter case aside) that is named twice, and attributes that no account
     * may decide, in any letter case: {@code gigya.*}, {@code LDAP_*}, {@code KERBEROS_*}, Keycloak's own {@code kc.*}
     * and {@code keycloak.*}, {@code id}, {@code enabled}, {@code emailVerified}, and what Keycloak keeps read-only in
     * user profiles, {@code userCertificate} and {@code saml.persistent.name.id.for.*} among it.
     *
     * @param attributeByField the attribute's name by the field's path
     * @throws IllegalArgumentException whose message tells an administrator which mapping is wrong and why
     */
    public static FieldMappings parse(Map<String, String> attributeByField) {
        var targets = new LinkedHashMap<GigyaField, String>();
        var fieldByAttribute = new HashMap<String, GigyaField>();
        attributeByField.forEach((path, name) -> {
            var field = GigyaField.parse(Objects.requireNonNullElse(path, ""));
            var attribute = attributeFor(field, name);
            var earlier = fieldByAttribute.putIfAbsent(attribute.key(), field);
            if (earlier != null) {
                throw new IllegalArgumentException("the user attribute '" + attribute.name()
                        + "' is mapped twice, from " + earlier + " and from " + field);
            }
            if (targets.putIfAbsent(field, attribute.name()) != null) {
                throw new IllegalArgumentException("the Gigya field " + field + " is mapped twice");
            }
        });
        return new FieldMappings(targets);
    }

    private static TargetAttribute attributeFor(GigyaField field, String name) {
        try {
            var attribute = TargetAttribute.parse(name);
            if (field.section().isPresent() && NAMES.contains(attribute.key())) {
                throw new IllegalArgumentException(NO_NAME);
            }
            return attribute;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("at " + field + ", " + e.getMessage(), e);
        }
    }

    /** {@return exactly the fields that Gigya must be asked for; never {@code UID}, which needs no asking} */
    public Set<GigyaField> fields() {
        var fields = new LinkedHashSet<>(targets.keySet());
        fields.remove(GigyaField.UID);
        return fields;
    }

    /** {@return whether an attribute of that name is mapped} */
    public boolean maps(String attribute) {
        return targets.containsValue(attribute);
    }

    /** {@return the field that an attribute comes from; empty where it is not mapped} */
    public Optional<GigyaField> fieldOf(String attribute) {
        return targets.entrySet().stream()
                .filter(target -> target.getValue().equals(attribute))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** {@return the names of the mapped attributes, in the administrator's order} */
    public List<String> attributes() {
        return List.copyOf(targets.values());
    }

    /**
     * {@return the values of every mapped attribute by its name; an empty list means that the attribute is removed}
     *
     * @param account read with at least {@link #fields()}
     */
    public Map<String, List<String>> attributesOf(GigyaAccount account) {
        var attributes = new LinkedHashMap<String, List<String>>();
        targets.forEach((field, attribute) -> attributes.put(attribute, account.values(field)));
        return attributes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldMappings mappings && targets.equals(mappings.targets);
    }

    @Override
    public int hashCode() {
        return targets.hashCode();
    }

    /** {@return the mappings, which are settings and hold nothing of a person} */
    @Override
    public String toString() {
        return "FieldMappings" + targets;
    }

    /**
     * A user attribute that a mapping may write.
     *
     * @param name as Keycloak knows it
     */
    public record TargetAttribute(String name) {

        // The column of Keycloak's database (USER_ATTRIBUTE.NAME).
        private static final int LONGEST = 255;
        private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

        private static final List<String> RESERVED_PREFIXES =
                List.of("gigya.", "ldap_", "kerberos_", "kc.", "keycloak.", "saml.persistent.name.id.for");

        // Keycloak's own state of a user (UserModel, and the read-only attributes of
        // DeclarativeUserProfileProviderFactory, Keycloak 26.7). An e-mail is verified, and a user enabled, by rules of
        // this extension and by administrators; no field of an account decides it. A certificate or a SAML name would
        // let its owner pass for somebody else.
        private static final Set<String> RESERVED = Set.of(
                "id",
                "enabled",
                "emailverified",
                "email_verified",
                "createdtimestamp",
                "created_timestamp",
                "createtimestamp",
                "modifytimestamp",
                "disabledreason",
                "usercertificate",
                "is_temporary_admin");

        /**
         * Reads an attribute's name.
         *
         * @param text as an administrator typed it; surrounding white space is left out; null counts as empty
         * @throws IllegalArgumentException whose message tells an administrator why no mapping may write it
         */
        public static TargetAttribute parse(String text) {
            var attribute = new TargetAttribute(text == null ? "" : text.strip());
            attribute.check();
            return attribute;
        }

        private void check() {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("the user attribute is empty");
            }
            if (name.length() > LONGEST || CONTROL.matcher(name).find()) {
                throw new IllegalArgumentException(
                        "a user attribute's name has at most " + LONGEST + " characters and no control characters");
            }
            if (RESERVED.contains(key())) {
                throw new IllegalArgumentException("the user attribute '" + name
                        + "' is state that Keycloak keeps itself, so no mapping may set it");
            }
            RESERVED_PREFIXES.stream().filter(key()::startsWith).findFirst().ifPresent(prefix -> {
                throw new IllegalArgumentException(
                        "the user attribute '" + name + "' is protected: names that begin with '" + prefix
                                + "' are set by Keycloak and its extensions");
            });
        }

        /** {@return what two names have in common that a database may take for one} */
        public String key() {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
