package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.impl.client.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.tracing.TracingProvider;

/** Which hosts a server calls for a site, for its signing keys and for everything else. */
class PooledConnectorFactoryTest {

    private static final String API_KEY = "3_" + "a".repeat(64);
    private static final String CUSTOM = "login.example.com";

    private final List<String> called = new ArrayList<>();
    private final PooledConnectorFactory factory = new PooledConnectorFactory();

    @AfterEach
    void stop() {
        factory.close();
    }

    @ParameterizedTest
    @CsvSource({
        "us1, accounts.us1.gigya.com",
        "eu1, accounts.eu1.gigya.com",
        "cn1, accounts.cn1.sapcdm.cn",
        "global, accounts.global.gigya.com"
    })
    void a_site_with_a_custom_domain_is_asked_for_keys_accounts_and_passwords_at_its_data_center(
            String dataCenter, String host) throws Exception {
        start(Map.of());

        callEverything(site(Map.of("apiDomain", CUSTOM, "dataCenter", dataCenter)));

        assertThat(called).hasSize(6).containsOnly(host);
    }

    @ParameterizedTest
    @CsvSource({"secret", "signature"})
    void no_way_of_authorising_requests_lets_the_custom_domain_see_one(String method) throws Exception {
        start(Map.of());

        callEverything(site(Map.of("apiDomain", CUSTOM, "authorizationMethod", method)));

        assertThat(called).hasSize(6).containsOnly("accounts.us1.gigya.com");
    }

    @Test
    void a_domain_that_the_operator_lists_answers_for_itself() throws Exception {
        start(Map.of("keyDomains", "other.example.com:8443," + CUSTOM));

        callEverything(site(Map.of("apiDomain", CUSTOM, "dataCenter", "eu1")));

        assertThat(called).hasSize(6).containsOnly(CUSTOM);
    }

    @Test
    void another_port_or_name_is_another_domain() throws Exception {
        start(Map.of("keyDomains", CUSTOM + ":8443,www." + CUSTOM));

        callEverything(site(Map.of("apiDomain", CUSTOM)));

        assertThat(called).containsOnly("accounts.us1.gigya.com");
    }

    @Test
    void that_administrators_may_choose_a_domain_does_not_make_its_keys_count() throws Exception {
        start(Map.of("allowedDomains", CUSTOM));

        callEverything(site(Map.of("apiDomain", CUSTOM)));

        assertThat(called).containsOnly("accounts.us1.gigya.com");
    }

    @Test
    void two_names_of_one_data_center_share_its_keys_and_two_data_centers_do_not() throws Exception {
        start(Map.of());
        var session = session();

        for (var site : List.of(
                site(Map.of("apiDomain", CUSTOM, "dataCenter", "eu1")),
                site(Map.of("apiDomain", "login.example.org", "dataCenter", "eu1")),
                site(Map.of("dataCenter", "eu1")))) {
            assertThat(factory.create(session).trusted(site).domain().name()).isEqualTo("eu1.gigya.com");
        }
        assertThat(factory.create(session)
                        .trusted(site(Map.of("apiDomain", CUSTOM)))
                        .domain()
                        .name())
                .isEqualTo("us1.gigya.com");
    }

    @Test
    void an_option_that_names_no_host_stops_the_server() {
        for (var option : List.of("keyDomains", "allowedDomains")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> start(Map.of(option, "https://login.example.com")))
                    .withMessageContaining(option);
        }
    }

    private void start(Map<String, String> options) {
        var scope = mock(Config.Scope.class);
        options.forEach((name, value) -> when(scope.getArray(name)).thenReturn(value.split(",")));
        when(scope.root()).thenReturn(scope);
        when(scope.getInt(any(), any())).thenAnswer(asked -> asked.getArgument(1));
        factory.init(scope);
    }

    private void callEverything(SiteSettings site) {
        var connector = factory.create(session());
        for (var purpose : Purpose.values()) {
            assertThat(connector
                            .connect(site, purpose)
                            .settings()
                            .site()
                            .domain()
                            .name())
                    .isEqualTo(CUSTOM);
        }
        var connection = connector.connect(site);
        var api = connection.api();
        var uid = "f".repeat(32);
        assertFails(() -> connector.connect(site, Purpose.TEST).api().getJwtPublicKeys());
        assertFails(() -> connector.connect(site, Purpose.SYNC).api().nextPage("cursor"));
        assertFails(
                () -> api.getJwt(new GetJwtRequest(new Uid(uid), List.of(), Duration.ofSeconds(60), Optional.empty())));
        assertFails(() -> api.login(new LoginRequest("ann@example.com", "password", Optional.empty())));
        assertFails(() -> api.getAccountInfo(new Uid(uid)));
        assertFails(() -> api.logout(new Uid(uid)));
    }

    private interface Call {
        void make() throws GigyaException;
    }

    private static void assertFails(Call call) {
        assertThatThrownBy(call::make).isInstanceOf(GigyaException.class);
    }

    private KeycloakSession session() {
        var http = mock(CloseableHttpClient.class, call -> {
            called.add(call.getArgument(0, HttpUriRequest.class).getURI().getAuthority());
            throw new IOException("nobody is there");
        });
        var clients = mock(HttpClientProvider.class);
        when(clients.getHttpClient()).thenReturn(http);
        var tracing = mock(TracingProvider.class);
        when(tracing.getTracer(any(), any())).thenReturn(OpenTelemetry.noop().getTracer("none"));
        var session = mock(KeycloakSession.class);
        when(session.getProvider(HttpClientProvider.class)).thenReturn(clients);
        when(session.getProvider(TracingProvider.class)).thenReturn(tracing);
        when(session.getTransactionManager()).thenReturn(mock(KeycloakTransactionManager.class));
        return session;
    }

    private static SiteSettings site(Map<String, String> settings) throws SettingsException {
        var all = new HashMap<>(Map.of("apiKey", API_KEY, "secret", "c2VjcmV0IHNlY3JldCBzZWNyZXQ="));
        all.putAll(settings);
        return SiteSettings.parse(SettingsReader.ofConfig(all), (secret, scope) -> secret);
    }
}
