package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.account.NameConflicts;
import io.github.keycloakgigya.broker.mapper.AccountMapper.Mapping;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsException.SettingName;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** The mapper "Gigya user name template". */
public final class GigyaUsernameMapper extends AccountMapper {

    public static final String PROVIDER_ID = "gigya-username-mapper";

    /** The same name as in Keycloak's own mapper (UsernameTemplateMapper, 26.7). */
    @Override
    public String getId() {
        return PROVIDER_ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Preprocessor";
    }

    @Override
    public String getDisplayType() {
        return "Gigya user name template";
    }

    @Override
    public String getHelpText() {
        return "Makes the user name of fields of the Gigya account.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(UsernameMapping.TEMPLATE)
                .type(ProviderConfigProperty.STRING_TYPE)
                .required(true)
                .defaultValue("${ALIAS}.${profile.nickname | lowercase}")
                .label("gigyaMapperTemplate")
                .helpText("gigyaMapperTemplateHelp")
                .add()
                .build();
    }

    @Override
    Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException {
        return UsernameMapping.parse(settings, session, realm);
    }

    /**
     * The name of a user. Where the template makes none, it is the name that the provider's user name field gives.
     *
     * @param template how the name is made
     * @param session looks for others of that name
     * @param realm of the user
     */
    record UsernameMapping(UsernameTemplate template, KeycloakSession session, RealmModel realm) implements Mapping {

        static final String TEMPLATE = "template";

        private static final Logger LOG = Logger.getLogger(GigyaUsernameMapper.class);

        static UsernameMapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm)
                throws SettingsException {
            var text = settings.requiredText(TEMPLATE);
            try {
                return new UsernameMapping(UsernameTemplate.parse(text), session, realm);
            } catch (IllegalArgumentException refused) {
                throw new SettingsException("gigyaSettingField", new SettingName(TEMPLATE), refused.getMessage());
            }
        }

        @Override
        public Set<GigyaField> fields() {
            return template.fields();
        }

        @Override
        public void prepare(BrokeredIdentityContext context, BrokeredAccount account) {
            var name = name(
                    context,
                    account,
                    template.of(account, context.getIdpConfig().getAlias()));
            if (isKnown(context) || !conflicts().ofNew(name, Optional.ofNullable(context.getEmail()))) {
                context.setModelUsername(name);
            } else {
                LOG.debug(
                        "An account gets the provider's user name: with the mapped one it would be taken for another user");
            }
        }

        @Override
        public void update(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            var made = template.of(account, context.getIdpConfig().getAlias());
            var name = name(context, account, made);
            // A name that the account may not have is taken from a user who has it, and takes away no other.
            var isRefused = made.map(Username::text)
                    .filter(text -> !text.equals(name) && !text.equals(user.getUsername()))
                    .isPresent();
            if (realm.isRegistrationEmailAsUsername() || isRefused || name.equals(user.getUsername())) {
                return;
            }
            var owner = session.users().getUserByUsername(realm, name);
            var isFree = owner == null || owner.getId().equals(user.getId());
            if (isFree && !conflicts().isEmailOfAnother(name, user)) {
                user.setUsername(name);
            } else {
                // Else whoever takes somebody's new name would lock them out.
                LOG.debug("A user keeps the name, since the new one is another user's");
            }
        }

        // Who is linked already gets a name on update.
        private boolean isKnown(BrokeredIdentityContext context) {
            var links = new AccountLinks(session, realm, context.getIdpConfig().getAlias());
            return Uid.of(context.getId()).flatMap(links::found).isPresent();
        }

        private NameConflicts conflicts() {
            return new NameConflicts(session, realm);
        }

        private static String name(BrokeredIdentityContext context, BrokeredAccount account, Optional<Username> made) {
            return made.filter(name -> isOf(account, name)).map(Username::text).orElseGet(context::getUsername);
        }

        // Anybody may type anybody's address into a profile: one names its owner only by the provider's rule.
        private static boolean isOf(BrokeredAccount account, Username name) {
            return !name.isAddress()
                    || name.text().equals(account.username())
                    || account.email()
                            .filter(email -> email.address().equals(name.text()))
                            .isPresent();
        }
    }
}
