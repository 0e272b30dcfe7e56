package io.github.keycloakgigya.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.inmemory.Shop;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;

class FailureReportTest {

    private static final SignInException DISABLED =
            SignInException.of(GigyaException.answered(FailureKind.ACCOUNT_DISABLED, "disabled", 403041, "call-1"));

    private final Shop shop = Shop.plain();
    private final FailureReport report = FailureReport.ofExchange("gigya", shop.realm());
    private final EventBuilder event = new EventBuilder(
                    shop.realm(), shop.session(), shop.session().getContext().getConnection())
            .event(EventType.LOGIN);

    @Test
    void a_failure_is_logged_counted_and_sent() {
        try (var lines = new LogLines(FailureReport.class)) {
            report.send(shop.session(), DISABLED, event);

            assertThat(lines.lines()).containsExactly("DEBUG A token was not exchanged (account_disabled): disabled");
        }
        shop.keycloak().commit();
        assertThat(counted()).isEqualTo(1);
        assertThat(shop.keycloak().events()).singleElement().satisfies(sent -> {
            assertThat(sent.getError()).isEqualTo("user_disabled");
            assertThat(sent.getDetails())
                    .containsEntry("gigya_error", "account_disabled")
                    .containsEntry("gigya_error_code", "403041")
                    .containsEntry("gigya_call_id", "call-1");
        });
    }

    @Test
    void an_event_that_keycloak_sends_says_why_too() {
        report.explain(shop.session(), DISABLED, event);
        shop.keycloak().commit();

        assertThat(counted()).isEqualTo(1);
        assertThat(shop.keycloak().events()).isEmpty();
        assertThat(event.getEvent().getDetails()).containsEntry("gigya_error", "account_disabled");
    }

    @Test
    void a_failure_that_keycloak_tells_in_its_own_words_is_logged_and_counted() {
        try (var lines = new LogLines(FailureReport.class)) {
            report.tell(shop.session(), DISABLED);

            assertThat(lines.lines()).hasSize(1);
        }
        shop.keycloak().commit();
        assertThat(counted()).isEqualTo(1);
        assertThat(shop.keycloak().events()).isEmpty();
    }

    private double counted() {
        return shop.counted("keycloak.gigya.sign.ins", "door", "token_exchange", "outcome", "account_disabled");
    }
}
