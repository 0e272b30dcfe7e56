package io.github.keycloakgigya.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.leaving.LeavingReport;
import io.github.keycloakgigya.settings.SettingsException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators may ask for who release users. */
class ReleaseRequestTest {

    private final Shop shop = Shop.federated(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"all\": false}",
                "{\"all\": true, \"users\": []}",
                "{\"users\": [null]}",
                "{\"state\": \"ready\", \"all\": true}",
                "{\"state\": \"ready\", \"users\": []}",
                "{\"state\": \"notImported\"}",
                "{\"state\": \"\"}",
                "{\"users\": \"1\"}",
                "{\"everybody\": true}",
                "{\"all\": true, \"force\": \"many\"}",
                "{\"all\": true"
            })
    void it_must_be_clear_who_is_meant(String body) {
        assertThatThrownBy(() -> request().release(body, soFar -> {})).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> request().rejoin(body, soFar -> {})).isInstanceOf(BadRequestException.class);
    }

    @Test
    void nobody_is_forced_back() {
        assertThatThrownBy(() -> request().rejoin("{\"all\": true, \"force\": 1}", soFar -> {}))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void without_import_there_is_nobody_who_could_stay() {
        shop.federation(Map.of("importEnabled", "false"));

        assertThatThrownBy(() -> request().release("{\"all\": true}", soFar -> {}))
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        refused -> assertThat(refused.getResponse().getStatus()).isEqualTo(400));
    }

    private ReleaseRequest request() {
        var component = shop.realm().getComponent(Shop.FEDERATION);
        try {
            var report = LeavingReport.of(shop.session(), shop.realm(), component, null);
            return new ReleaseRequest(shop.session(), shop.realm(), component, report);
        } catch (SettingsException wrongSetting) {
            throw new AssertionError(wrongSetting);
        }
    }
}
