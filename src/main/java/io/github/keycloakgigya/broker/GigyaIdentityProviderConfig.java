package io.github.keycloakgigya.broker;

import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.KeycloakSessionUtil;

/** The settings of the identity provider {@code gigya} as Keycloak stores them. */
public final class GigyaIdentityProviderConfig extends IdentityProviderModel {

    private static final long serialVersionUID = 1L;

    /** Settings that nothing is known of yet. */
    public GigyaIdentityProviderConfig() {}

    /** The same settings as another model's. */
    public GigyaIdentityProviderConfig(IdentityProviderModel model) {
        super(model);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException whose message tells an administrator which setting can't be used and why
     */
    @Override
    public void validate(RealmModel realm) {
        new ProviderValidation(KeycloakSessionUtil.getKeycloakSession(), realm).require(this);
    }

    /** {@return whether apps may show a token as an authorization grant} */
    boolean takesGrants() {
        return Boolean.parseBoolean(getConfig().get(ProviderSettings.JWT_AUTHORIZATION_GRANT));
    }

    /** {@inheritDoc} A theme's {@code kcLogoIdP-gigya} wins. */
    @Override
    public String getDisplayIconClasses() {
        return "fa fa-id-card-o";
    }
}
