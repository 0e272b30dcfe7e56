package io.github.keycloakgigya.settings.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.settings.connector.CallShares.MaxCalls;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.models.KeycloakTransaction;

/** Whose calls may be under way at once, and for how long a request counts as one. */
@Timeout(30)
class CallSharesTest {

    private static final ApiMethod METHOD = ApiMethod.GET_JWT;
    private static final GigyaSite SHOP = new GigyaSite(ApiDomain.custom("shop.example.com"), "3_shop");

    private final List<ApiMethod> withheld = new ArrayList<>();
    private final CallObserver observer = new CallObserver() {
        @Override
        public Call begins(ApiMethod method) {
            throw new AssertionError("the gate begins no call");
        }

        @Override
        public void withheld(ApiMethod method) {
            withheld.add(method);
        }
    };
    private final CallShares shares = new CallShares(new MaxCalls(1));

    @Test
    void a_request_keeps_its_place_between_calls_and_until_its_transaction_is_over() throws GigyaException {
        var first = new StubRequest();
        var second = new StubRequest();
        enter(first, Purpose.SIGN_IN).end();
        enter(first, Purpose.SIGN_IN).end();

        assertBusy(second, Purpose.SIGN_IN);
        first.complete(KeycloakTransaction::commit);

        enter(second, Purpose.SIGN_IN).end();
        second.complete(KeycloakTransaction::rollback);
        enter(new StubRequest(), Purpose.SIGN_IN);
    }

    @Test
    void who_is_refused_reads_that_gigya_is_busy_and_the_operator_sees_it() throws GigyaException {
        enter(new StubRequest(), Purpose.SIGN_IN);

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> enter(new StubRequest(), Purpose.SIGN_IN))
                .withMessageStartingWith("accounts.getJWT was not called: Gigya is busy")
                .satisfies(busy -> assertThat(busy.kind()).isEqualTo(FailureKind.UNAVAILABLE));
        assertThat(withheld).containsExactly(METHOD);
    }

    @Test
    void sign_ins_lists_syncs_and_sign_outs_take_no_place_from_each_other() throws GigyaException {
        for (var purpose : List.of(Purpose.SIGN_IN, Purpose.LIST, Purpose.SYNC, Purpose.SIGN_OUT)) {
            enter(new StubRequest(), purpose);
        }

        assertBusy(new StubRequest(), Purpose.SIGN_IN);
        assertBusy(new StubRequest(), Purpose.LARGE_LIST);
        assertBusy(new StubRequest(), Purpose.TEST);
    }

    @Test
    void messages_and_events_of_webhooks_take_no_place_from_anybody_else_either() throws GigyaException {
        enter(new StubRequest(), Purpose.MESSAGE);
        assertBusy(new StubRequest(), Purpose.MESSAGE);

        for (var purpose : List.of(Purpose.EVENT, Purpose.SIGN_IN, Purpose.LIST, Purpose.SYNC, Purpose.SIGN_OUT)) {
            enter(new StubRequest(), purpose);
        }
    }

    @Test
    void one_site_has_three_fetches_for_messages_under_way_at_most() throws GigyaException {
        var large = new CallShares(new MaxCalls(100));
        for (int read = 0; read < 3; read++) {
            large.gate(new StubRequest().session(), SHOP, Purpose.MESSAGE, observer)
                    .enter(METHOD);
        }
        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> large.gate(new StubRequest().session(), SHOP, Purpose.MESSAGE, observer)
                        .enter(METHOD));
    }

    @Test
    void what_belongs_to_no_request_keeps_its_place_for_the_call_alone() throws GigyaException {
        var request = new StubRequest();
        enter(request, Purpose.SYNC).end();
        enter(request, Purpose.SIGN_OUT).end();

        enter(new StubRequest(), Purpose.SYNC).end();
        enter(new StubRequest(), Purpose.SIGN_OUT).end();
    }

    @Test
    void so_does_a_session_without_a_transaction() throws GigyaException {
        var session = new StubRequest();
        session.complete(KeycloakTransaction::commit);
        enter(session, Purpose.SIGN_IN).end();

        enter(new StubRequest(), Purpose.SIGN_IN);
    }

    @Test
    void a_transaction_that_takes_nothing_any_more_keeps_no_place() throws GigyaException {
        var session = new StubRequest();
        session.refuseToEnlist();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> enter(session, Purpose.SIGN_IN));

        enter(new StubRequest(), Purpose.SIGN_IN);
    }

    private CallGate.Passage enter(StubRequest request, Purpose purpose) throws GigyaException {
        return shares.gate(request.session(), SHOP, purpose, observer).enter(METHOD);
    }

    private void assertBusy(StubRequest request, Purpose purpose) {
        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> enter(request, purpose))
                .withMessageContaining("busy");
    }
}
