package io.github.keycloakgigya.broker.signin;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.settings.SettingName;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.keycloak.models.IdentityProviderModel;

/**
 * What an account must say to sign in: Keycloak's "Verify essential claim".
 *
 * @param field a field, one of whose values has to match
 * @param pattern has to match the whole value
 */
record EssentialField(GigyaField field, Pattern pattern) {

    /** {@return the demand; empty where none is made} */
    static Optional<EssentialField> parse(SettingsReader settings) throws SettingsException {
        if (!settings.flag(IdentityProviderModel.FILTERED_BY_CLAIMS, false)) {
            return Optional.empty();
        }
        var field = settings.requiredField(IdentityProviderModel.CLAIM_FILTER_NAME);
        var regex = settings.requiredText(IdentityProviderModel.CLAIM_FILTER_VALUE);
        try {
            return Optional.of(new EssentialField(field, Pattern.compile(regex)));
        } catch (PatternSyntaxException wrong) {
            throw new SettingsException(
                    "gigyaSettingField",
                    new SettingName(IdentityProviderModel.CLAIM_FILTER_VALUE),
                    wrong.getDescription());
        }
    }

    boolean isMetBy(GigyaAccount account) {
        return account.values(field).stream()
                .anyMatch(value -> pattern.matcher(value).matches());
    }
}
