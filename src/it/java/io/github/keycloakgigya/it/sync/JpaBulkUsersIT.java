package io.github.keycloakgigya.it.sync;

import static io.github.keycloakgigya.it.sync.BulkClient.account;
import static io.github.keycloakgigya.it.sync.BulkClient.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.sync.BulkClient.Result;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JpaBulkUsersIT extends BulkUsersContract {

    // More than two statements hold, and one more.
    private static final int MANY = 201;

    JpaBulkUsersIT(KeycloakServer keycloak, GigyaSimulator simulator) {
        super(keycloak, simulator, "entities");
    }

    @Test
    void many_at_once_get_the_rows_that_one_gets() {
        bulk().write(set(account("alone", "alone@example.com"), "interests", "a", "b", "long ".repeat(100)));
        var many = IntStream.range(0, MANY)
                .mapToObj(number -> (JsonNode) set(
                        account("many" + number, "many" + number + "@example.com"),
                        "interests",
                        "a",
                        "b",
                        "long ".repeat(100)))
                .toArray(JsonNode[]::new);

        assertThat(bulk().write(many)).isEqualTo(Result.added(MANY));

        var alone = comparable(bulk().rows(idOf("alone@example.com")));
        for (int number : new int[] {0, MANY / 2, MANY - 1}) {
            assertThat(comparable(bulk().rows(idOf("many" + number + "@example.com"))))
                    .isEqualTo(alone);
        }
    }
}
