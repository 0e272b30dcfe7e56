package io.github.keycloakgigya.federation.check;

import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.SearchedFields;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchCondition;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionFailure;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** Tries settings out: the calls that look-up, sync and sign-in make too, each with the time that it has there. */
public final class ConnectionCheck {

    // To read fields one account is enough, but the first found may be one that can't be read, a disabled one say.
    // Whether a site verifies addresses, more can tell.
    private static final SearchQuery SOME = new SearchQuery(Set.of(), Optional.empty(), Optional.empty(), 0, 100);
    private static final String PROFILE = "profile.";

    private final GigyaApi api;
    private final StorageSettings settings;

    private ConnectionCheck(GigyaApi api, StorageSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    /** {@return what Gigya says to settings} Takes 10 seconds at most. */
    public static ConnectionReport of(KeycloakSession session, StorageSettings settings) {
        var connection = session.getProvider(GigyaConnector.class).connect(settings.site(), Purpose.TEST);
        var report = new ConnectionCheck(connection.api(), settings).run();
        return settings.site().isOfPartnerSecret()
                ? report.advising(ConnectionStep.CREDENTIALS, new SettingsException("gigyaCheckPartnerSecret"))
                : report;
    }

    private ConnectionReport run() {
        // Any key of an API domain answers this call, so it says nothing of the site.
        var tried = ConnectionStep.REACHABLE;
        try {
            api.getJwtPublicKeys();
            tried = ConnectionStep.API_KEY;
            var accounts = api.search(SOME).accounts().stream()
                    .filter(found -> found.active() && found.registered())
                    .toList();
            tried = ConnectionStep.FIELDS;
            return accounts.isEmpty() ? withoutAccount() : readFieldsOf(accounts);
        } catch (GigyaException failed) {
            var failure =
                    ConnectionFailure.of(tried, failed, api.site().domain().name());
            return ConnectionReport.failed(failure.step(), failure.advice());
        }
    }

    private ConnectionReport readFieldsOf(List<FoundAccount> accounts) throws GigyaException {
        var fields = settings.fields().stream()
                .filter(GigyaField::isInToken)
                .map(GigyaField::path)
                .sorted()
                .toList();
        try {
            var ignored = api.getJwt(new GetJwtRequest(
                            accounts.get(0).uid(), fields, settings.site().tokenLifetime(), Optional.empty()))
                    .ignoredFields();
            readSectionsOf(accounts.get(0).uid());
            var unreadable = fields.stream()
                    .filter(field -> ignored.contains(field) || ignored.contains(shortName(field)))
                    .collect(Collectors.joining(", "));
            return unreadable.isEmpty()
                    ? unverified(accounts)
                            .map(advice -> ConnectionReport.ok().advising(ConnectionStep.FIELDS, advice))
                            .orElseGet(ConnectionReport::ok)
                    : ConnectionReport.failed(
                            ConnectionStep.FIELDS, new SettingsException("gigyaCheckFields", unreadable));
        } catch (GigyaException failed) {
            return switch (failed.kind()) {
                case UNAVAILABLE, MISCONFIGURED -> throw failed;
                // It says something of this one account.
                default -> withoutAccount();
            };
        }
    }

    // What is there depends on the account, so that only a refusal tells anything: of the rights, or of a site without
    // subscriptions. A sign-in makes the one call, look-up and sync the other.
    private void readSectionsOf(Uid uid) throws GigyaException {
        var sections = GigyaField.sectionsOf(settings.fields());
        if (sections.isEmpty()) {
            return;
        }
        api.getAccountInfo(uid, sections);
        var searched = new SearchedFields(settings.fields());
        var account = SearchCondition.isText(GigyaField.UID.path(), uid.value());
        searched.completed(api.search(new SearchQuery(searched.columns(), account, Optional.empty(), 0, 1)), () -> api);
    }

    /** {@return what an administrator should know of accounts whose users get no address for lack of a verified one} */
    private Optional<SettingsException> unverified(List<FoundAccount> accounts) {
        var count = accounts.stream()
                .filter(account -> account.verifiedEmails().isEmpty())
                .count();
        var site = settings.site();
        var isOmitted = !site.trustEmail() && site.unverifiedEmail() == UnverifiedEmail.OMIT;
        return count > 0 && isOmitted && ImportedProfile.mapsEmail(settings)
                ? Optional.of(new SettingsException(
                        "gigyaCheckUnverifiedEmails", Long.toString(count), Integer.toString(accounts.size())))
                : Optional.empty();
    }

    // Gigya takes profile fields without their prefix too, and may name them so.
    private static String shortName(String field) {
        return field.startsWith(PROFILE) ? field.substring(PROFILE.length()) : field;
    }

    private static ConnectionReport withoutAccount() {
        return ConnectionReport.okButFields(new SettingsException("gigyaCheckNoAccount"));
    }

    /** Tries the settings of a site out by the calls of a sign-in alone: who only signs people in may lack the search. */
    public static final class SignInCheck {

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
                if (failed.kind().isOfWholeSite()) {
                    throw failed;
                }
            }
        }
    }
}
