package io.github.keycloakgigya.settings;

import io.github.keycloakgigya.account.FieldMappings;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.keycloak.models.Constants;

/** Typed access to the settings that the admin console stores as text. A blank text counts as unset. */
public final class SettingsReader {

    static final String FIELD_MAPPINGS = "fieldMappings";

    static final Map<String, String> DEFAULT_FIELD_MAPPINGS =
            Map.of("profile.firstName", "firstName", "profile.lastName", "lastName", "profile.email", "email");

    private final Function<String, List<String>> source;
    private final UnaryOperator<String> names;

    private SettingsReader(Function<String, List<String>> source) {
        this(source, UnaryOperator.identity());
    }

    private SettingsReader(Function<String, List<String>> source, UnaryOperator<String> names) {
        this.source = source;
        this.names = names;
    }

    /** {@return a reader of a component's settings, in which each may have several values} */
    public static SettingsReader ofComponent(Map<String, List<String>> config) {
        return new SettingsReader(key -> config.getOrDefault(key, List.of()));
    }

    /**
     * {@return a reader of the settings of an authenticator or an identity provider, which store several values in one
     * text}
     *
     * @param config the settings; null where none was ever saved
     * @see Constants#CFG_DELIMITER
     */
    public static SettingsReader ofConfig(Map<String, String> config) {
        return new SettingsReader(key -> config == null || config.get(key) == null
                ? List.of()
                // Not by Keycloak's pattern, which looks at each of many blanks again and again (Constants of 26.7).
                : Arrays.asList(config.get(key).split(Constants.CFG_DELIMITER)));
    }

    /**
     * {@return a reader of the same settings, some of which go by other names} Errors call them by those names.
     *
     * @param otherNames the names that are stored, by those that are asked for
     */
    public SettingsReader renaming(Map<String, String> otherNames) {
        return new SettingsReader(source, key -> otherNames.getOrDefault(key, key));
    }

    /** {@return what refusals call a setting} */
    SettingName name(String key) {
        return new SettingName(names.apply(key));
    }

    /** {@return the text as it was typed, blanks included; empty where it is unset} */
    String typed(String key) {
        var values = source.apply(names.apply(key));
        return values == null || values.isEmpty() || values.get(0) == null ? "" : values.get(0);
    }

    /** {@return the text, without surrounding blanks; empty where it is unset} */
    public Optional<String> text(String key) {
        return texts(key).stream().findFirst();
    }

    /** {@return the text, without surrounding blanks} */
    public String text(String key, String whenUnset) {
        return text(key).orElse(whenUnset);
    }

    /** {@return the text, without surrounding blanks} */
    public String requiredText(String key) throws SettingsException {
        return text(key).orElseThrow(() -> new SettingsException("gigyaSettingRequired", name(key)));
    }

    /** {@return every value that is not blank} */
    public List<String> texts(String key) {
        var values = source.apply(names.apply(key));
        if (values == null) {
            return List.of();
        }
        return values.stream()
                .filter(Objects::nonNull)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** {@return whether the setting is on} */
    public boolean flag(String key, boolean whenUnset) throws SettingsException {
        var value = text(key, Boolean.toString(whenUnset));
        if (!"true".equals(value) && !"false".equals(value)) {
            throw new SettingsException("gigyaSettingOneOf", name(key), "true, false");
        }
        return "true".equals(value);
    }

    /** {@return a whole number within bounds} */
    public int number(String key, int whenUnset, int least, int most) throws SettingsException {
        var value = text(key, Integer.toString(whenUnset));
        // Ten digits would not fit: the pattern keeps parseInt from failing.
        if (!value.matches("-?[0-9]{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            throw new SettingsException(
                    "gigyaSettingNumber", name(key), Integer.toString(least), Integer.toString(most));
        }
        return Integer.parseInt(value);
    }

    /** {@return a time within bounds, all in the given unit} */
    public Duration time(String key, ChronoUnit unit, int whenUnset, int least, int most) throws SettingsException {
        return Duration.of(number(key, whenUnset, least, most), unit);
    }

    /**
     * {@return a Gigya field that people are known by, which accounts are looked up by}
     *
     * @param whenUnset its path
     */
    public GigyaField nameField(String key, String whenUnset) throws SettingsException {
        var field = path(key, text(key, whenUnset));
        if (field.section().isPresent()) {
            throw new SettingsException("gigyaSettingField", new SettingName(names.apply(key)), FieldMappings.NO_NAME);
        }
        return field;
    }

    /** {@return a Gigya field} */
    public GigyaField requiredField(String key) throws SettingsException {
        return path(key, requiredText(key));
    }

    private GigyaField path(String key, String path) throws SettingsException {
        try {
            return GigyaField.parse(path);
        } catch (IllegalArgumentException notAField) {
            throw new SettingsException("gigyaSettingField", name(key), notAField.getMessage());
        }
    }

    /** {@return which fields become which attributes, as the setting {@code fieldMappings} says} */
    public FieldMappings fieldMappings() throws SettingsException {
        var text = text(FIELD_MAPPINGS);
        try {
            return FieldMappings.parse(text.isPresent() ? attributeByField(text.get()) : DEFAULT_FIELD_MAPPINGS);
        } catch (IllegalArgumentException wrongMapping) {
            throw new SettingsException("gigyaFieldMappingsInvalid", wrongMapping.getMessage());
        }
    }

    private static Map<String, String> attributeByField(String stored) throws SettingsException {
        var attributes = new LinkedHashMap<String, String>();
        for (var mapping : StoredMap.parse(FIELD_MAPPINGS, stored).entries()) {
            if (attributes.put(mapping.getKey(), mapping.getValue()) != null) {
                throw new SettingsException(
                        "gigyaFieldMappingsInvalid", "the Gigya field '" + mapping.getKey() + "' is mapped twice");
            }
        }
        return attributes;
    }

    /**
     * {@return one of the choices of a list}
     *
     * @param nameOf how the setting names a choice
     */
    public <T extends Enum<T>> T choice(String key, T whenUnset, Function<T, String> nameOf) throws SettingsException {
        var value = text(key, nameOf.apply(whenUnset));
        var choices = whenUnset.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> nameOf.apply(choice).equals(value))
                .findFirst()
                .orElseThrow(() -> new SettingsException(
                        "gigyaSettingOneOf",
                        name(key),
                        Arrays.stream(choices).map(nameOf).collect(Collectors.joining(", "))));
    }
}
