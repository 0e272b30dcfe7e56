package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.FakeAddresses;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of a federation, and what accounts look like through them. */
public final class Settings {

    private Settings() {}

    /** {@return settings of some site with these of the federation} */
    public static StorageSettings of(Map<String, String> federation) throws SettingsException {
        var config = new HashMap<String, List<String>>();
        config.put("apiKey", List.of("3_" + "a".repeat(64)));
        config.put("secret", List.of("c2VjcmV0IHNlY3JldCBzZWNyZXQ="));
        federation.forEach((key, value) -> config.put(key, List.of(value)));
        return StorageSettings.parse(SettingsReader.ofComponent(config), (secret, scope) -> secret);
    }

    /** {@return an account as a verified token describes it, whose address is verified} */
    static ImportedProfile profile(StorageSettings settings, String uid, Map<String, Object> claims)
            throws GigyaException {
        var email = claims.getOrDefault("profile.email", "").toString();
        return profile(settings, uid, claims, FakeAddresses.havingVerified(email));
    }

    /** {@return an account as a verified token describes it} */
    static ImportedProfile profile(
            StorageSettings settings, String uid, Map<String, Object> claims, KnownAddresses known)
            throws GigyaException {
        var token = new VerifiedToken(uid, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), claims, "fingerprint");
        return ImportedProfile.of(GigyaAccount.of(token, Optional.empty(), settings.fields()), settings, known);
    }
}
