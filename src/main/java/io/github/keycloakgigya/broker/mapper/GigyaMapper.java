package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteAccounts;
import io.github.keycloakgigya.settings.SupportedServersOnly;
import org.keycloak.broker.provider.AbstractIdentityProviderMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A mapper of this extension, for the identity provider {@code gigya} where it does not name another. The sync mode
 * {@code legacy} is the same as {@code force}, since there is no older behaviour to keep.
 */
public abstract class GigyaMapper extends AbstractIdentityProviderMapper implements SupportedServersOnly {

    /**
     * Makes sure that a mapper can do its work.
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public abstract void check(KeycloakSession session, RealmModel realm, IdentityProviderMapperModel mapper)
            throws SettingsException;

    /** {@return the mapper's settings} */
    static SettingsReader settings(IdentityProviderMapperModel mapper) {
        return SettingsReader.ofConfig(mapper.getConfig());
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {SiteAccounts.IDENTITY_PROVIDER_ID};
    }

    @Override
    public final boolean supportsSyncMode(IdentityProviderSyncMode mode) {
        return true;
    }

    @Override
    public final void updateBrokeredUserLegacy(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        updateBrokeredUser(session, realm, user, mapper, context);
    }

    /** A mapper that can't do its work, found where Keycloak lets no checked exception pass. */
    public static final class MapperException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final SettingsException setting;

        /** @param wrong says which setting */
        public MapperException(SettingsException wrong) {
            super(wrong.getMessage(), wrong);
            this.setting = wrong;
        }

        /** {@return which setting is wrong} */
        public SettingsException setting() {
            return setting;
        }
    }
}
