package io.github.keycloakgigya.broker.signin;

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

    /** {@return whether the provider may only be linked, and not be signed in with} */
    public boolean linksOnly() {
        return Boolean.TRUE.equals(isLinkOnly());
    }

    /** {@return whether apps may show a token as an authorization grant} */
    public boolean takesGrants() {
        return Boolean.parseBoolean(getConfig().get(ProviderSettings.JWT_AUTHORIZATION_GRANT));
    }

    /**
     * {@inheritDoc} A theme's {@code kcLogoIdP-gigya} wins.
     *
     * <p>The theme {@code keycloak} draws an empty element with these classes before the name (login.ftl of 26.7),
     * {@code keycloak.v2} writes the name into that element (social-providers.ftl). PatternFly's icons keep their font
     * to the icon, so that the name stays as it is; those of Font Awesome don't. The other classes put the icon at a
     * distance from the name. Each theme knows its own classes only.
     */
    @Override
    public String getDisplayIconClasses() {
        return "glyphicon pf-icon-user pf-v5-pficon-user pf-v5-l-level pf-m-gutter pf-v5-u-m-auto";
    }
}
