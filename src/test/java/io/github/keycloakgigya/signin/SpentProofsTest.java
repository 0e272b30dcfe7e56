package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.signin.ProofVerifier.SpentProofs;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

class SpentProofsTest {

    private static final long CLOCK_SKEW = 120;

    private final RowsOfTransactions rows = new RowsOfTransactions();
    private final KeycloakSession request = rows.session();
    private final SpentProofs spent = new SpentProofs(request);

    @Test
    void a_proof_works_once() throws SignInException {
        spent.spend("a");
        spent.spend("b");

        assertIsReplay(() -> spent.spend("a"));
        assertIsReplay(() -> spent.requireUnspent("b"));
        spent.requireUnspent("c");
    }

    @Test
    void a_proof_stays_used_where_the_request_that_used_it_fails_later() throws SignInException {
        spent.spend("a");

        request.getTransactionManager().setRollbackOnly();
        request.close();

        var next = new SpentProofs(rows.session());
        assertIsReplay(() -> next.requireUnspent("a"));
        assertIsReplay(() -> next.spend("a"));
    }

    @Test
    void a_proof_is_used_for_others_while_its_request_goes_on() throws SignInException {
        spent.spend("a");

        assertIsReplay(() -> new SpentProofs(rows.session()).spend("a"));
    }

    @Test
    void whom_the_database_refuses_a_row_that_another_wrote_at_that_moment_comes_too_late() {
        rows.beforeNextRow(() -> {
            rows.committed().put("gigya-proof:a", 1L);
            throw new ModelDuplicateException("unique key");
        });

        assertIsReplay(() -> spent.spend("a"));
    }

    @Test
    void a_proof_that_could_not_be_written_down_is_not_taken_and_not_called_used() {
        rows.beforeNextRow(() -> {
            throw new ModelException("no database");
        });

        assertThatThrownBy(() -> spent.spend("a")).isInstanceOf(ModelException.class);
        assertThat(rows.committed()).isEmpty();
    }

    @Test
    void a_used_proof_is_remembered_for_as_long_as_the_most_patient_realm_would_take_it() throws SignInException {
        spent.spend("a");

        assertThat(rows.committed().values())
                .hasSize(1)
                .allSatisfy(seconds -> assertThat(seconds)
                        .isGreaterThan(SignInSettings.LONGEST_PROOF_MAX_AGE.toSeconds() + 2 * CLOCK_SKEW));
    }

    @Test
    void a_signed_uid_is_told_from_others_by_uid_time_and_signature() {
        var one = new UidSignature(new Uid("uid"), "c2lnbmF0dXJl", Instant.ofEpochSecond(1));

        assertThat(SpentProofs.fingerprintOf(one))
                .isEqualTo(SpentProofs.fingerprintOf(
                        new UidSignature(new Uid("uid"), "c2lnbmF0dXJl", Instant.ofEpochSecond(1))))
                .isNotEqualTo(
                        SpentProofs.fingerprintOf(new UidSignature(new Uid("uid"), "c2ln", Instant.ofEpochSecond(1))))
                .isNotEqualTo(SpentProofs.fingerprintOf(
                        new UidSignature(new Uid("uid"), "c2lnbmF0dXJl", Instant.ofEpochSecond(2))))
                .isNotEqualTo(SpentProofs.fingerprintOf(
                        new UidSignature(new Uid("di"), "c2lnbmF0dXJl", Instant.ofEpochSecond(1))));
    }

    private static void assertIsReplay(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(SignInError.PROOF_REPLAYED));
    }
}
