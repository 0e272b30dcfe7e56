package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.mapper.GigyaMapper.MapperException;
import io.github.keycloakgigya.broker.mapper.MappedFields.UnaskedFieldException;
import io.github.keycloakgigya.federation.JpaUserLock.UserToWrite;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderMapperSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A mapper that writes onto a user what the account says. It never calls Gigya: the provider asks for the fields of all
 * mappers at once.
 */
abstract class AccountMapper extends GigyaMapper implements MappedFields.Reader {

    private static final Logger LOG = Logger.getLogger(AccountMapper.class);

    /**
     * Parses the settings, and makes sure that what they name is there and may be given.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    abstract Mapping parse(SettingsReader settings, KeycloakSession session, RealmModel realm) throws SettingsException;

    @Override
    public final Set<GigyaField> fields(IdentityProviderMapperModel mapper, KeycloakSession session, RealmModel realm)
            throws SettingsException {
        return mapping(mapper, session, realm).fields();
    }

    /**
     * {@return what a mapper does}
     *
     * @throws SettingsException naming the mapper, and the first setting that can't be used
     */
    final Mapping mapping(IdentityProviderMapperModel mapper, KeycloakSession session, RealmModel realm)
            throws SettingsException {
        try {
            return parse(mapper, session, realm);
        } catch (SettingsException wrong) {
            throw new SettingsException("gigyaSettingField", "mapper " + mapper.getName(), wrong.getMessage());
        }
    }

    private Mapping parse(IdentityProviderMapperModel mapper, KeycloakSession session, RealmModel realm)
            throws SettingsException {
        var settings = settings(mapper);
        // Keycloak reads it only once it writes, and fails then (IdentityProviderMapperSyncModeDelegate of 26.7).
        settings.choice(
                IdentityProviderMapperModel.SYNC_MODE,
                IdentityProviderMapperSyncMode.LEGACY,
                IdentityProviderMapperSyncMode::name);
        return parse(settings, session, realm);
    }

    @Override
    public final void check(KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper)
            throws SettingsException {
        parse(mapper, session, realm);
    }

    /**
     * {@inheritDoc} Comes before anything is written.
     *
     * @throws MapperException where the settings can't be used
     * @throws UnaskedFieldException where Gigya was not asked for what this mapper needs
     */
    @Override
    public final void preprocessFederatedIdentity(
            KeycloakSession session,
            RealmModel realm,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        var account = BrokeredAccount.of(context);
        if (account.isEmpty()) {
            return;
        }
        try {
            var mapping = mapping(mapper, session, realm);
            if (!account.get().knows(mapping.fields())) {
                throw new UnaskedFieldException();
            }
            if (context.getIdp() instanceof MappedFields.Keeper provider) {
                provider.mappedFields().add(mapping.fields());
            }
            mapping.prepare(context, account.get());
        } catch (SettingsException wrong) {
            throw new MapperException(wrong);
        }
    }

    @Override
    public final void importNewUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        BrokeredAccount.of(context)
                .ifPresent(account ->
                        usable(mapper, session, realm).ifPresent(mapping -> mapping.create(user, context, account)));
    }

    @Override
    public final void updateBrokeredUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        BrokeredAccount.of(context)
                .ifPresent(account -> usable(mapper, session, realm)
                        .ifPresent(mapping -> mapping.update(new UserToWrite(session, user), context, account)));
    }

    // A first sign-in takes several requests, in between which an
    // administrator can break a mapper. It gives nothing then.
    private Optional<Mapping> usable(IdentityProviderMapperModel mapper, KeycloakSession session, RealmModel realm) {
        try {
            return Optional.of(mapping(mapper, session, realm));
        } catch (SettingsException wrong) {
            LOG.warnf("A mapper of realm %s wrote nothing: %s", realm.getName(), wrong.getMessage());
            return Optional.empty();
        }
    }

    /** The settings of one mapper, of which it is certain that they can be used. */
    sealed interface Mapping
            permits GigyaAttributeMapper.AttributeMapping,
                    GigyaRoleMapper.RoleMapping,
                    GigyaGroupMapper.GroupMapping,
                    GigyaUsernameMapper.UsernameMapping {

        /** {@return the fields that it needs of an account} */
        Set<GigyaField> fields();

        /** Tells Keycloak what a new user is to look like. */
        default void prepare(BrokeredIdentityContext context, BrokeredAccount account) {
            // Most write onto the user alone.
        }

        /** Writes what the account says onto a user who has just been created. */
        default void create(UserModel user, BrokeredIdentityContext context, BrokeredAccount account) {
            // Keycloak wrote what was prepared.
        }

        /** Writes what the account says onto a user, and takes back what it no longer says. */
        void update(UserModel user, BrokeredIdentityContext context, BrokeredAccount account);
    }
}
