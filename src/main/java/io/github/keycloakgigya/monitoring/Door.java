package io.github.keycloakgigya.monitoring;

import java.util.Locale;

/** The ways to sign in, as metrics tell them apart. */
public enum Door {
    /** The step "Gigya login" of a browser flow. */
    LOGIN_PAGE,
    /** The step "Gigya direct grant". */
    DIRECT_GRANT,
    /** The identity provider's page, also where an account is linked. */
    IDENTITY_PROVIDER,
    /** A token that is exchanged at the identity provider. */
    TOKEN_EXCHANGE,
    /** A JWT authorization grant. */
    JWT_GRANT,
    /** The mapper of Keycloak's own OpenID provider. */
    ACCOUNT_IMPORTER,
    /** A password that is typed into Keycloak. */
    PASSWORD,
    /** A login that ended because its user could not be looked up at Gigya. Has no successes. */
    USER_LOOK_UP;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
