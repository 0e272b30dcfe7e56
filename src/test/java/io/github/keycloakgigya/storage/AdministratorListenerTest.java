package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.federation.FederatedUser.MissingMark;
import io.github.keycloakgigya.inmemory.InMemoryKeycloak;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.storage.AdministratorListenerFactory.AdministratorListener;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;

class AdministratorListenerTest {

    private final Shop shop = Shop.federated(Map.of());
    private final InMemoryUser user = shop.keycloak().addUser("1", "ann");

    @BeforeEach
    void disable_a_user_whose_account_is_missing() {
        user.setEnabled(false);
        user.setSingleAttribute("gigya.missing", "true");
    }

    @Test
    void whom_an_administrator_saves_as_disabled_stays_so_when_the_account_comes_back() {
        tell(saved("users/1"));

        assertThat(MissingMark.isOn(user)).isFalse();
        assertThat(user.isEnabled()).isFalse();
        assertThat(shop.keycloak().evicted()).containsExactly("1");
    }

    @Test
    void a_server_without_a_cache_is_told_as_well() {
        var bare = new InMemoryKeycloak();
        var other = bare.addUser("1", "ann");
        other.setEnabled(false);
        other.setSingleAttribute("gigya.missing", "true");

        new AdministratorListener(bare.session()).onEvent(saved("users/1"), false);

        assertThat(MissingMark.isOn(other)).isFalse();
    }

    @Test
    void nothing_else_that_administrators_do_decides() {
        var failed = saved("users/1");
        failed.setError("refused");
        tell(failed);
        var removed = saved("users/1");
        removed.setOperationType(OperationType.DELETE);
        tell(removed);
        tell(saved("users/1/groups/2"));
        tell(saved("clients/1"));
        tell(saved(null));
        var inAnotherRealm = saved("users/1");
        inAnotherRealm.setRealmId("another");
        tell(inAnotherRealm);
        tell(saved("users/nobody"));
        new AdministratorListener(shop.session()).onEvent(new Event());

        assertThat(MissingMark.isOn(user)).isTrue();
        assertThat(shop.keycloak().evicted()).isEmpty();
    }

    @Test
    void a_user_who_is_saved_as_enabled_or_was_never_missing_is_left_alone() {
        user.setEnabled(true);
        tell(saved("users/1"));
        assertThat(user.getFirstAttribute("gigya.missing")).isEqualTo("true");

        user.setEnabled(false);
        user.removeAttribute("gigya.missing");
        tell(saved("users/1"));
        assertThat(shop.keycloak().evicted()).isEmpty();
    }

    private void tell(AdminEvent event) {
        new AdministratorListener(shop.session()).onEvent(event, false);
    }

    private AdminEvent saved(String path) {
        var event = new AdminEvent();
        event.setRealmId(shop.realm().getId());
        event.setOperationType(OperationType.UPDATE);
        event.setResourcePath(path);
        return event;
    }
}
