package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.UidSignature;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

class SpentProofsTest {

    private static final long CLOCK_SKEW = 120;

    private final Map<String, Long> lifespans = new HashMap<>();
    private final KeycloakSession session = mock(KeycloakSession.class);
    private final SpentProofs spent = new SpentProofs(session);

    @BeforeEach
    void keep_what_is_used_up() {
        var store = mock(SingleUseObjectProvider.class);
        when(session.getProvider(SingleUseObjectProvider.class)).thenReturn(store);
        when(store.putIfAbsent(anyString(), anyLong()))
                .thenAnswer(call -> lifespans.putIfAbsent(call.getArgument(0), call.getArgument(1)) == null);
    }

    @Test
    void a_proof_works_once() throws SignInException {
        spent.spend("a");
        spent.spend("b");

        assertThatThrownBy(() -> spent.spend("a"))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(SignInError.PROOF_REPLAYED));
    }

    @Test
    void a_used_proof_is_remembered_for_as_long_as_the_most_patient_realm_would_take_it() throws SignInException {
        spent.spend("a");

        assertThat(lifespans.values())
                .allSatisfy(seconds -> assertThat(seconds)
                        .isGreaterThan(SignInSettings.LONGEST_PROOF_MAX_AGE.toSeconds() + 2 * CLOCK_SKEW));
    }

    @Test
    void a_signed_uid_is_told_from_others_by_uid_time_and_signature() {
        var one = new UidSignature("uid", "c2lnbmF0dXJl", Instant.ofEpochSecond(1));

        assertThat(SpentProofs.fingerprintOf(one))
                .isEqualTo(SpentProofs.fingerprintOf(new UidSignature("uid", "c2lnbmF0dXJl", Instant.ofEpochSecond(1))))
                .isNotEqualTo(SpentProofs.fingerprintOf(new UidSignature("uid", "c2ln", Instant.ofEpochSecond(1))))
                .isNotEqualTo(
                        SpentProofs.fingerprintOf(new UidSignature("uid", "c2lnbmF0dXJl", Instant.ofEpochSecond(2))))
                .isNotEqualTo(
                        SpentProofs.fingerprintOf(new UidSignature("di", "c2lnbmF0dXJl", Instant.ofEpochSecond(1))));
    }
}
