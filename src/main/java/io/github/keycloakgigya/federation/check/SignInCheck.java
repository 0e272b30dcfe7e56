package io.github.keycloakgigya.federation.check;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionFailure;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Tries the settings of a site out by the calls of a sign-in alone: who only signs people in may lack the search. */
public final class SignInCheck {

    // Nobody's: that Gigya does not know it shows that the call itself is accepted.
    private static final Uid NOBODY = new Uid("keycloak-gigya-connection-test");

    private SignInCheck() {}

    /** {@return why Gigya does not accept settings; empty where it does} Takes 10 seconds at most. */
    public static Optional<SettingsException> refusal(KeycloakSession session, SiteSettings site) {
        var api = session.getProvider(GigyaConnector.class)
                .connect(site, Purpose.TEST)
                .api();
        var tried = ConnectionStep.REACHABLE;
        try {
            api.getJwtPublicKeys();
            tried = ConnectionStep.API_KEY;
            readNobody(api, site);
            return Optional.empty();
        } catch (GigyaException failed) {
            return Optional.of(
                    ConnectionFailure.of(tried, failed, api.site().domain().name())
                            .advice());
        }
    }

    private static void readNobody(GigyaApi api, SiteSettings site) throws GigyaException {
        try {
            api.getJwt(new GetJwtRequest(NOBODY, List.of(), site.tokenLifetime(), Optional.empty()));
        } catch (GigyaException failed) {
            if (failed.kind() == FailureKind.UNAVAILABLE || failed.kind() == FailureKind.MISCONFIGURED) {
                throw failed;
            }
        }
    }
}
