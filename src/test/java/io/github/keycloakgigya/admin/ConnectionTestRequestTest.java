package io.github.keycloakgigya.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.federation.check.ConnectionReport;
import io.github.keycloakgigya.federation.check.ConnectionReport.ConnectionStep;
import io.github.keycloakgigya.federation.check.ConnectionReport.Status;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator can have tried out, and with whose secret. */
class ConnectionTestRequestTest {

    private static final String OTHER_KEY = "3_" + "b".repeat(64);

    private final Shop shop = Shop.federated(Map.of());

    @Test
    void a_saved_federation_is_tried_with_its_own_secret() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com");

        var report = test("{\"componentId\":\"" + Shop.FEDERATION + "\"}");

        assertThat(report.failure()).isEmpty();
        assertThat(shop.gigya().calls()).contains("search", "getJwt");
    }

    @Test
    void a_site_without_accounts_leaves_the_fields_open() {
        var report = test("{\"componentId\":\"" + Shop.FEDERATION + "\"}");

        assertThat(report.failure()).isEmpty();
        assertThat(report.checks())
                .filteredOn(check -> check.step() == ConnectionStep.FIELDS)
                .allMatch(check -> check.status() == Status.SKIPPED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"apiDomain\":[\"login.example.com\"]",
                "\"dataCenter\":[\"eu1\"]",
                "\"apiKey\":[\"3_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]",
                "\"userKey\":[\"another\"]"
            })
    void a_stored_secret_is_never_sent_to_another_host_or_with_another_key(String changed) {
        var report =
                test("{\"id\":\"%s\",\"config\":{%s,\"secret\":[\"**********\"]}}".formatted(Shop.FEDERATION, changed));

        assertThat(report.failure())
                .get()
                .extracting(refused -> refused.messageKey())
                .isEqualTo("gigyaSecretAgain");
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void a_secret_that_is_typed_is_tried_for_what_it_is_typed_for() {
        var report = test("{\"id\":\"%s\",\"config\":{\"dataCenter\":[\"eu1\"],\"secret\":[\"%s\"]}}"
                .formatted(Shop.FEDERATION, InMemoryGigya.SECRET));

        assertThat(report.failure()).isEmpty();
        assertThat(shop.gigya().calls()).isNotEmpty();
    }

    @Test
    void settings_that_are_not_saved_yet_are_tried_too() {
        var report = test("{\"config\":{\"apiKey\":[\"%s\"],\"userKey\":[\"AKuser\"],\"secret\":[\"%s\"]}}"
                .formatted(OTHER_KEY, InMemoryGigya.SECRET));

        assertThat(report.failure()).isEmpty();
    }

    @Test
    void a_mask_without_anything_saved_is_no_secret() {
        var report = test("{\"config\":{\"apiKey\":[\"%s\"],\"secret\":[\"**********\"]}}".formatted(OTHER_KEY));

        assertThat(report.failure()).isPresent();
        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void trying_settings_saves_nothing() {
        test("{\"id\":\"%s\",\"config\":{\"usernameField\":[\"UID\"]}}".formatted(Shop.FEDERATION));

        assertThat(shop.realm().getComponent(Shop.FEDERATION).get("usernameField"))
                .isNull();
    }

    @Test
    void what_gigya_refuses_names_the_step_that_failed() {
        shop.gigya().fail("search", FailureKind.MISCONFIGURED);

        var report = test("{\"componentId\":\"" + Shop.FEDERATION + "\"}");

        assertThat(report.failure()).isPresent();
        assertThat(report.checks().get(0).status()).isEqualTo(Status.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "\"text\"", "{\"config\":1}"})
    void what_is_no_component_is_a_bad_request(String body) {
        assertThatThrownBy(() -> test(body)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void components_of_other_kinds_are_not_found() {
        shop.keycloak().federation("ldap-1", "ldap", Map.of());

        assertThatThrownBy(() -> test("{\"componentId\":\"ldap-1\"}")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> test("{\"componentId\":\"nowhere\"}")).isInstanceOf(NotFoundException.class);
    }

    private ConnectionReport test(String body) {
        return ConnectionTestRequest.run(shop.session(), shop.realm(), body);
    }
}
