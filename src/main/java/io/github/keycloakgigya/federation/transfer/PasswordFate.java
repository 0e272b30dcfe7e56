package io.github.keycloakgigya.federation.transfer;

import java.util.Locale;

/** What became of a password: the value of the user attribute {@code gigya.password}. */
public enum PasswordFate {
    /** Its hash came along. */
    TRANSFERRED,
    /** Its hash came along, and was used since, so that Keycloak hashed it anew; or Keycloak had it already. */
    REHASHED,
    /** It was typed at a form of Keycloak's, and Gigya accepted it. */
    CAPTURED,
    /** Its hash can't be used outside of Gigya. */
    UNSUPPORTED,
    /** There is none. */
    NONE;

    /** {@return the value of the attribute} */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether the person can sign in with the same password once Gigya is left} */
    public boolean isUsable() {
        return this != UNSUPPORTED && this != NONE;
    }
}
