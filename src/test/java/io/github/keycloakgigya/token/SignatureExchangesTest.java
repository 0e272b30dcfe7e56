package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.token.UidSignatureVerifier.SignatureExchanges;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignatureExchangesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UidSignature GOOD = new UidSignature(new Uid("uid"), "good", NOW);
    private static final UidSignature MADE_UP = new UidSignature(new Uid("uid"), "made up", NOW);
    private static final UidSignature UNLUCKY = new UidSignature(new Uid("uid"), "unlucky", NOW);
    private static final int AT_ONCE = 20;

    private final SettableClock clock = new SettableClock(NOW);
    private final SignatureExchanges exchanges = new SignatureExchanges(clock, CallObserver.NONE);
    private GigyaApi gigya;

    @BeforeEach
    void have_a_site() throws GigyaException {
        gigya = site("3_site");
    }

    private static GigyaApi site(String apiKey) throws GigyaException {
        var site = mock(GigyaApi.class);
        when(site.site()).thenReturn(new GigyaSite(ApiDomain.of(DataCenter.US1), apiKey));
        when(site.exchangeUidSignature(GOOD)).thenReturn(GOOD);
        when(site.exchangeUidSignature(MADE_UP))
                .thenThrow(GigyaException.answered(FailureKind.PROOF_REFUSED, "refused", 400006, "call"));
        when(site.exchangeUidSignature(UNLUCKY)).thenThrow(GigyaException.unavailable("down"));
        return site;
    }

    @Test
    void made_up_signatures_cost_a_few_calls_and_then_one_a_second() throws GigyaException {
        fail(MADE_UP, 1_000);
        verify(gigya, times(AT_ONCE)).exchangeUidSignature(MADE_UP);
        clearInvocations(gigya);

        clock.advance(Duration.ofSeconds(3));
        fail(MADE_UP, 1_000);

        verify(gigya, times(3)).exchangeUidSignature(MADE_UP);
    }

    @Test
    void what_gigya_was_not_asked_about_is_not_called_wrong() throws GigyaException {
        fail(MADE_UP, AT_ONCE);

        assertThatThrownBy(() -> exchanges.of(gigya).exchange(GOOD))
                .isInstanceOfSatisfying(
                        GigyaException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE));
        verify(gigya, never()).exchangeUidSignature(GOOD);

        clock.advance(Duration.ofSeconds(1));
        assertThat(exchanges.of(gigya).exchange(GOOD)).isEqualTo(GOOD);
    }

    @Test
    void good_signatures_and_failures_of_gigya_use_nothing_up() throws GigyaException {
        for (int i = 0; i < 10 * AT_ONCE; i++) {
            exchanges.of(gigya).exchange(GOOD);
        }
        fail(UNLUCKY, 10 * AT_ONCE);

        assertThat(exchanges.of(gigya).exchange(GOOD)).isEqualTo(GOOD);
        verify(gigya, times(20 * AT_ONCE + 1)).exchangeUidSignature(any());
    }

    @Test
    void one_site_does_not_suffer_for_another() throws GigyaException {
        fail(MADE_UP, AT_ONCE);

        assertThat(exchanges.of(site("3_other")).exchange(GOOD)).isEqualTo(GOOD);
    }

    private void fail(UidSignature signature, int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> exchanges.of(gigya).exchange(signature)).isInstanceOf(GigyaException.class);
        }
    }
}
