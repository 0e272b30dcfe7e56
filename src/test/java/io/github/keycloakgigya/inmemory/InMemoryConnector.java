package io.github.keycloakgigya.inmemory;

import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SiteSettings;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.settings.connector.LogoutMessages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;

/**
 * Connects to {@link InMemoryGigya}, on a server whose operator forbids the API domain {@code forbidden.example.com}.
 */
final class InMemoryConnector implements GigyaConnector {

    private final InMemoryGigya gigya;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry, Clock.systemUTC(), "test");
    private final LogoutMessages logoutMessages = new LogoutMessages(meters.sessions());

    InMemoryConnector(InMemoryGigya gigya) {
        this.gigya = gigya;
    }

    /** {@return how often something was counted; 0 where it never was} */
    double counted(String name, String... tags) {
        var counter = registry.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public GigyaConnection connect(SiteSettings settings, Purpose purpose) {
        return gigya.connect(settings);
    }

    @Override
    public void requireAllowed(ApiDomain domain) throws SettingsException {
        if (domain.name().equals("forbidden.example.com")) {
            throw new SettingsException("gigyaApiDomainForbidden");
        }
    }

    @Override
    public GigyaSite trusted(SiteSettings settings) {
        return new GigyaSite(
                ApiDomain.of(settings.dataCenter()), settings.site().apiKey());
    }

    @Override
    public Meters meters() {
        return meters;
    }

    @Override
    public LogoutMessages logoutMessages() {
        return logoutMessages;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
