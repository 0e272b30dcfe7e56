package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.FieldMappings.TargetAttribute;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.PersonName;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.mapper.AccountMapper.Mapping;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The mapper "Gigya attribute": a field of the account becomes a user attribute. */
public final class GigyaAttributeMapper extends AccountMapper {

    public static final String PROVIDER_ID = "gigya-attribute-mapper";

    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Attribute Importer";
    }

    @Override
    public String getDisplayType() {
        return "Gigya attribute";
    }

    @Override
    public String getHelpText() {
        return "Writes the values of a Gigya field into a user attribute.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(ClaimCondition.FIELD)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .label("gigyaMapperField")
                .helpText("gigyaMapperFieldHelp")
                .add()
                .property()
                .name(AttributeMapping.ATTRIBUTE)
                .type(ProviderConfigProperty.USER_PROFILE_ATTRIBUTE_LIST_TYPE)
                .required(true)
                .label("gigyaMapperAttribute")
                .helpText("gigyaMapperAttributeHelp")
                .add()
                .build();
    }

    @Override
    Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException {
        return AttributeMapping.parse(settings);
    }

    /**
     * From a field to a user attribute, with all values.
     *
     * @param field the Gigya field
     * @param attribute the attribute's name
     */
    record AttributeMapping(GigyaField field, String attribute) implements Mapping {

        /** The same name as in Keycloak's own mappers (UserAttributeMapper, 26.7). */
        static final String ATTRIBUTE = "user.attribute";

        // The provider and the user name mapper have rules for these.
        private static final Set<String> OF_OTHERS = Set.of(UserModel.USERNAME, UserModel.EMAIL);

        static AttributeMapping parse(SettingsReader settings) throws SettingsException {
            var field = settings.requiredField(ClaimCondition.FIELD);
            var name = settings.requiredText(ATTRIBUTE);
            try {
                var target = TargetAttribute.parse(name);
                if (OF_OTHERS.contains(target.key())) {
                    throw new SettingsException("gigyaAttributeOfProvider", target.name());
                }
                return new AttributeMapping(field, target.name());
            } catch (IllegalArgumentException refused) {
                throw new SettingsException("gigyaSettingField", new SettingName(ATTRIBUTE), refused.getMessage());
            }
        }

        @Override
        public Set<GigyaField> fields() {
            return Set.of(field);
        }

        @Override
        public void prepare(BrokeredIdentityContext context, BrokeredAccount account) {
            var values = account.values(field);
            switch (attribute) {
                case UserModel.FIRST_NAME -> context.setFirstName(name(values));
                case UserModel.LAST_NAME -> context.setLastName(name(values));
                default -> {
                    // Without a login, Keycloak writes these onto known users too, whatever the sync mode
                    // (AbstractTokenExchangeProvider of 26.7).
                    if (context.getAuthenticationSession() != null && !values.isEmpty()) {
                        // Keycloak finds a list again only where it is of this class (DefaultDataMarshaller of 26.7).
                        context.setUserAttribute(attribute, new ArrayList<>(values));
                    }
                }
            }
        }

        @Override
        public void create(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            // Keycloak has written what was prepared, which the person
            // may have changed on the way where the realm lets people.
            var isWritten = context.getAuthenticationSession() != null && !AccountLinks.isFirst(context);
            if (!isWritten) {
                update(user, context, account);
            }
        }

        @Override
        public void update(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            UserWriter.setAttribute(user, attribute, account.values(field));
        }

        // Null is how Keycloak's model says that there is none.
        private static String name(List<String> values) {
            return PersonName.of(values).map(PersonName::text).orElse(null);
        }
    }
}
