package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/**
 * What an account has to say for a mapper to give something. Letter case counts.
 *
 * @param field the Gigya field, one of whose values is enough
 * @param kind how a value is compared
 * @param text what it is compared with
 */
record ClaimCondition(GigyaField field, Kind kind, String text) {

    /** The setting that names the Gigya field which is looked at. */
    static final String FIELD = "field";

    private static final String CONDITION = "condition";
    private static final String VALUE = "value";

    /** How a value is compared. */
    enum Kind {
        /** The whole value is the text. */
        EQUALS,
        /** The text is a part of the value. */
        CONTAINS;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ClaimCondition parse(SettingsReader settings) throws SettingsException {
        return new ClaimCondition(
                settings.requiredField(FIELD),
                settings.choice(CONDITION, Kind.EQUALS, Kind::id),
                settings.requiredText(VALUE));
    }

    boolean isMetBy(BrokeredAccount account) {
        return account.values(field).stream().anyMatch(value -> switch (kind) {
            case EQUALS -> value.equals(text);
            case CONTAINS -> value.contains(text);
        });
    }

    /** {@return the settings as the admin console shows them} */
    static List<ProviderConfigProperty> properties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(FIELD)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .label("gigyaMapperField")
                .helpText("gigyaMapperFieldHelp")
                .add()
                .property()
                .name(CONDITION)
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Arrays.stream(Kind.values()).map(Kind::id).toList())
                .defaultValue(Kind.EQUALS.id())
                .label("gigyaMapperCondition")
                .helpText("gigyaMapperConditionHelp")
                .add()
                .property()
                .name(VALUE)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .label("gigyaMapperValue")
                .helpText("gigyaMapperValueHelp")
                .add()
                .build();
    }
}
