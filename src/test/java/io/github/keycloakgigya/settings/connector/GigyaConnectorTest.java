package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.settings.ExtensionVersion;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Map;
import org.apache.http.impl.client.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.tracing.TracingProvider;

class GigyaConnectorTest {

    private final PooledConnectorFactory factory = new PooledConnectorFactory();
    private final KeycloakSession session = mock(KeycloakSession.class);
    private final Config.Scope options = mock(Config.Scope.class);

    @BeforeEach
    void have_what_the_server_offers() {
        var http = mock(HttpClientProvider.class);
        when(session.getProvider(HttpClientProvider.class)).thenReturn(http);
        when(http.getHttpClient()).thenReturn(mock(CloseableHttpClient.class));
        var tracing = mock(TracingProvider.class);
        when(session.getProvider(TracingProvider.class)).thenReturn(tracing);
        when(tracing.getTracer(anyString(), any()))
                .thenReturn(OpenTelemetry.noop().getTracer("test"));
        when(options.root()).thenReturn(options);
        when(options.getInt(any(), any())).thenAnswer(asked -> asked.getArgument(1));
        when(options.getArray("allowedDomains")).thenReturn(new String[] {"login.example.com"});
        factory.init(options);
    }

    @AfterEach
    void end() {
        factory.close();
    }

    @Test
    void a_connection_leads_to_the_site_of_its_settings_whatever_the_work() throws SettingsException {
        var settings = SiteSettings.parse(
                SettingsReader.ofConfig(Map.of("apiKey", "3_" + "a".repeat(64), "secret", "c2VjcmV0")),
                (secret, scope) -> secret);
        var connector = factory.create(session);

        for (var purpose : Purpose.values()) {
            var connection = connector.connect(settings, purpose);
            assertThat(connection.settings()).isEqualTo(settings);
            assertThat(connection.api().site()).isEqualTo(settings.site());
            assertThat(connection.tokens()).isNotNull();
            assertThat(connection.exchange()).isNotNull();
            assertThat(connection.accounts()).isNotNull();
        }
    }

    @Test
    void the_operators_list_of_api_domains_counts() {
        var connector = factory.create(session);

        assertThatCode(() -> connector.requireAllowed(ApiDomain.custom("login.example.com")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> connector.requireAllowed(ApiDomain.custom("evil.example")))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void a_node_measures_all_connections_together() {
        when(session.getProvider(GigyaConnector.class)).thenReturn(factory.create(session));

        assertThat(GigyaConnector.metersOf(session))
                .isSameAs(factory.create(session).meters());
    }

    @Test
    void a_factory_that_never_began_can_be_closed() {
        assertThatCode(new PooledConnectorFactory()::close).doesNotThrowAnyException();
    }

    @Test
    void keycloak_knows_the_kind_of_provider_by_the_name_of_the_options() {
        var kind = new GigyaConnectorSpi();

        assertThat(kind.getName()).isEqualTo("gigya-connector");
        assertThat(factory.getId()).isEqualTo("pooled");
        assertThat(kind.isInternal()).isFalse();
        assertThat(factory.create(session)).isInstanceOf(kind.getProviderClass());
        assertThat(factory).isInstanceOf(kind.getProviderFactoryClass());
    }

    @Test
    void an_administrator_reads_the_version_in_the_server_info() {
        assertThat(factory.getOperationalInfo()).containsEntry("keycloak-gigya", ExtensionVersion.text());
        assertThat(ExtensionVersion.text()).isNotEmpty();
    }
}
