package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.token.TokenExpectation.TokenOrigin;
import io.github.keycloakgigya.token.UidSignatureVerifier.SignatureExchanges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An operator learns of calls that this node did not make, because somebody asked for too many. */
class WithheldCallsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SettableClock clock = new SettableClock(NOW);
    private final List<ApiMethod> withheld = new ArrayList<>();
    private final CallObserver observer = new CallObserver() {
        @Override
        public Call begins(ApiMethod method) {
            return end -> {};
        }

        @Override
        public void withheld(ApiMethod method) {
            withheld.add(method);
        }
    };

    @Test
    void keys_that_are_not_fetched_count() throws GigyaException {
        var keys = new SigningKeyCache(clock, observer).keysOf(KeyServer.publishing(GigyaKey.of("key")), CallGate.OPEN);
        for (int fetched = 0; fetched < 4; fetched++) {
            keys.find("made-up", TokenOrigin.BROWSER);
        }
        assertThat(withheld).isEmpty();

        keys.find("made-up", TokenOrigin.BROWSER);

        assertThat(withheld).containsExactly(ApiMethod.GET_JWT_PUBLIC_KEY);
    }

    @Test
    void whoever_waited_for_keys_gives_the_place_back_whatever_the_outcome() throws GigyaException {
        var under = new AtomicInteger();
        CallGate gate = method -> {
            under.incrementAndGet();
            return under::decrementAndGet;
        };
        var server = KeyServer.publishing(GigyaKey.of("key"));
        var keys = new SigningKeyCache(clock, observer).keysOf(server, gate);

        assertThat(keys.find("key", TokenOrigin.GIGYA)).isPresent();
        assertThat(keys.find("made-up", TokenOrigin.BROWSER)).isEmpty();
        server.fail();

        assertThatThrownBy(() -> keys.find("another", TokenOrigin.BROWSER)).isInstanceOf(GigyaException.class);
        assertThat(under).hasValue(0);
    }

    @Test
    void signatures_that_gigya_is_not_asked_about_count() throws GigyaException {
        var gigya = mock(GigyaApi.class);
        when(gigya.site()).thenReturn(new GigyaSite(ApiDomain.of(DataCenter.US1), "3_site"));
        when(gigya.exchangeUidSignature(any()))
                .thenThrow(GigyaException.answered(FailureKind.PROOF_REFUSED, "refused", 400006, "call"));
        var exchange = new SignatureExchanges(clock, observer).of(gigya);
        for (int asked = 0; asked < 20; asked++) {
            assertThatThrownBy(() -> exchange.exchange(new UidSignature(new Uid("uid"), "made up", NOW)))
                    .hasMessage("refused");
        }
        assertThat(withheld).isEmpty();

        assertThatThrownBy(() -> exchange.exchange(new UidSignature(new Uid("uid"), "made up", NOW)))
                .hasMessage("too many UID signatures were refused a moment ago");

        assertThat(withheld).containsExactly(ApiMethod.EXCHANGE_UID_SIGNATURE);
    }
}
