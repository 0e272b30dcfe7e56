package io.github.keycloakgigya.sync.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;

class BulkPathTest {

    private final BulkPath path = new BulkPath();

    @Test
    void an_operator_can_choose_the_model_api() {
        path.init(option("model"));

        // No session is opened to look at the entities.
        assertThat(path.users(new DetachedFederation(mock(KeycloakSessionFactory.class), "realm", "component", null)))
                .isInstanceOf(ModelBulkUsers.class);
    }

    @Test
    void another_choice_stops_the_server() {
        assertThatThrownBy(() -> path.init(option("jdbc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bulk-writes")
                .hasMessageContaining("jdbc");
    }

    private static Config.Scope option(String value) {
        var scope = mock(Config.Scope.class);
        when(scope.get(eq("bulkWrites"), any())).thenReturn(value);
        return scope;
    }
}
