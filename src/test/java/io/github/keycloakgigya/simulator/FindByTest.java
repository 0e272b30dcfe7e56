package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code accounts.getAccountInfo} with {@code findBy}. */
class FindByTest extends SimulatorTest {

    private final Account ann = site.add(Account.builder()
            .uid("ann")
            .verifiedEmail("ann@example.com")
            .unverifiedEmail("typed@example.com")
            .username("annie")
            .phoneNumber("+491701234567")
            .identifier("loyaltyNumber", "12345678")
            .password("correct horse"));

    @ParameterizedTest
    @CsvSource({
        "_uid, ann",
        "_email, ann@example.com",
        "_username, annie",
        "_phoneNumber, +491701234567",
        "loyaltyNumber, 12345678"
    })
    void each_identifier_leads_to_its_account_and_signs_in_where_it_is_no_uid(String name, String value) {
        var answer = assertOk(find("{\"%s\":\"%s\"}".formatted(name, value)));

        assertThat(answer.path("UID").asText()).isEqualTo("ann");
        assertThat(answer.path("phoneNumber").asText()).isEqualTo("+491701234567");
        assertThat(answer.at("/customIdentifiers/loyaltyNumber").asText()).isEqualTo("12345678");
        assertThat(client.call(
                                "accounts.login",
                                Map.of("apiKey", site.apiKey(), "loginID", value, "password", "correct horse"))
                        .path("errorCode")
                        .asInt())
                .isEqualTo(name.equals("_uid") ? 403042 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"_phoneNumber\":\"+4917012345\"}; 403005",
                "{\"_email\":\"typed@example.com\"}; 403005",
                "{\"loyaltyNumber\":\"12345\"}; 403005",
                "{\"shoeSize\":\"42\"}; 400006",
                "{\"_phoneNumber\":491701234567}; 400006",
                "{\"_uid\":\"ann\",\"_username\":\"annie\"}; 400006",
                "{}; 400006",
                "_uid; 400004"
            })
    void what_leads_to_nobody_and_what_is_no_question_are_refused(String findBy, int errorCode) {
        assertRefused(find(findBy), errorCode);
    }

    @Test
    void nobody_can_have_the_identifier_of_another() {
        assertThatThrownBy(() -> site.add(Account.builder().phoneNumber("+491701234567")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void only_servers_may_ask_so() {
        var answer =
                client.call("accounts.getAccountInfo", Map.of("apiKey", site.apiKey(), "findBy", "{\"_uid\":\"ann\"}"));

        assertThat(answer.path("errorCode").asInt()).isNotZero();
        assertThat(ann.isActive()).isTrue();
    }

    private JsonNode find(String findBy) {
        return client.callSigned(
                site, "accounts.getAccountInfo", Map.of("findBy", findBy, "include", "profile,customIdentifiers"));
    }
}
