package io.github.keycloakgigya.federation.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a release would let in again, though a run found that Gigya keeps the person out. */
class LeavingStateTest {

    private final InMemoryUser ann = Shop.federated(Map.of()).keycloak().addUser("id-ann", "ann");

    @ParameterizedTest
    @CsvSource({
        "inactive no 1 pbkdf2, true",
        "incomplete no - , true",
        "inactive, true",
        "ready yes 1 pbkdf2, false",
        "unsupported no 1 drupal, false",
        "socialOnly yes 1 facebook (linked), false",
        "inactivenot, false"
    })
    void the_mark_of_the_last_run_counts(String mark, boolean shutOut) {
        ann.setSingleAttribute("gigya.leaving", mark);

        assertThat(LeavingState.isShutOut(ann)).isEqualTo(shutOut);
    }

    @ParameterizedTest
    @EnumSource(LeavingState.class)
    void each_state_is_counted(LeavingState state) {
        var shop = Shop.federated(Map.of());

        GigyaConnector.metersOf(shop.keycloak().session()).leaving().count(state.id());

        assertThat(shop.counted("keycloak.gigya.leaving.accounts", "state", state.id()))
                .isOne();
    }

    @Test
    void whoever_was_never_looked_at_is_not_shut_out_unless_disabled() {
        assertThat(LeavingState.isShutOut(ann)).isFalse();

        ann.setEnabled(false);

        assertThat(LeavingState.isShutOut(ann)).isTrue();
    }
}
