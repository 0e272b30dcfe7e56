package io.github.keycloakgigya.federation.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

class UnknownNamesTest {

    private final Clock clock = mock(Clock.class);
    private final UnknownNames names = new UnknownNames(clock);
    private Federation federation;

    @BeforeEach
    void begin() throws SettingsException {
        at(Duration.ZERO);
        federation = federation("federation", "eu1");
    }

    @Test
    void a_name_is_unknown_for_half_a_minute() {
        names.add(federation, "ann");

        at(Duration.ofSeconds(29));
        assertThat(names.contains(federation, "ann")).isTrue();
        assertThat(names.contains(federation, "bob")).isFalse();
        at(Duration.ofSeconds(30));
        assertThat(names.contains(federation, "ann")).isFalse();
    }

    @Test
    void a_name_that_is_still_unknown_is_so_for_another_half_minute() {
        names.add(federation, "ann");
        at(Duration.ofSeconds(29));
        names.add(federation, "ann");

        at(Duration.ofSeconds(58));
        assertThat(names.contains(federation, "ann")).isTrue();
    }

    @Test
    void a_name_that_somebody_has_now_is_forgotten() {
        names.add(federation, "ann");

        names.remove(federation, "ann");

        assertThat(names.contains(federation, "ann")).isFalse();
    }

    @Test
    void another_federation_and_another_site_know_other_names() throws SettingsException {
        names.add(federation, "ann");

        assertThat(names.contains(federation("other", "eu1"), "ann")).isFalse();
        assertThat(names.contains(federation("federation", "us1"), "ann")).isFalse();
        assertThat(names.contains(federation("federation", "eu1"), "ann")).isTrue();
    }

    @Test
    void somebody_who_tries_many_names_takes_no_more_room_than_ten_thousand() {
        for (int i = 0; i <= 10_000; i++) {
            names.add(federation, "name" + i);
        }

        assertThat(names.contains(federation, "name0")).isFalse();
        assertThat(names.contains(federation, "name1")).isTrue();
    }

    private void at(Duration later) {
        when(clock.instant()).thenReturn(Instant.EPOCH.plus(later));
    }

    private static Federation federation(String id, String dataCenter) throws SettingsException {
        var config = new MultivaluedHashMap<String, String>();
        config.putSingle("apiKey", "3_" + "k".repeat(64));
        config.putSingle("secret", "c2VjcmV0");
        config.putSingle("dataCenter", dataCenter);
        var component = mock(ComponentModel.class);
        when(component.getId()).thenReturn(id);
        var realm = mock(RealmModel.class);
        when(realm.getId()).thenReturn("realm");
        var settings = StorageSettings.parse(SettingsReader.ofComponent(config), (secret, scope) -> secret);
        return new Federation(mock(KeycloakSession.class), realm, component, settings);
    }
}
