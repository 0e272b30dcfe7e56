package io.github.keycloakgigya.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.signin.ProofForm.Proof;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofFormTest {

    private final MultivaluedMap<String, String> form = new MultivaluedHashMap<>();

    @Test
    void a_token_is_read_where_a_token_is_expected() throws SignInException {
        form.putSingle("id_token", "a.b.c");

        assertThat(read(LoginProof.ID_TOKEN)).isEqualTo(new Proof.IdToken("a.b.c"));
    }

    @Test
    void a_signed_uid_is_read_where_one_is_expected() throws SignInException {
        form.putSingle("UID", "_guid_a+b/c==");
        form.putSingle("UIDSignature", "sig=");
        form.putSingle("signatureTimestamp", "1700000000");

        assertThat(read(LoginProof.UID_SIGNATURE)).isInstanceOfSatisfying(Proof.SignedUid.class, proof -> {
            assertThat(proof.signature().uid()).isEqualTo(new Uid("_guid_a+b/c=="));
            assertThat(proof.signature().timestamp()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        });
    }

    @Test
    void an_app_names_the_parameters_otherwise() throws SignInException {
        form.putSingle("gigya_id_token", "a.b.c");

        assertThat(new ProofForm(form, ProofForm.Parameters.OF_APPS).read(LoginProof.ID_TOKEN))
                .isEqualTo(new Proof.IdToken("a.b.c"));
        refused(LoginProof.ID_TOKEN);
    }

    @Test
    void a_form_is_empty_only_without_any_part_of_a_proof() {
        form.putSingle("username", "somebody");
        assertThat(new ProofForm(form, ProofForm.Parameters.OF_APPS).isEmpty()).isTrue();

        form.putSingle("gigya_signature_timestamp", "");
        assertThat(new ProofForm(form, ProofForm.Parameters.OF_APPS).isEmpty()).isFalse();
    }

    @Test
    void an_empty_form_proves_nothing() {
        refused(LoginProof.ID_TOKEN);
        refused(LoginProof.UID_SIGNATURE);
    }

    @Test
    void two_parameters_of_one_name_are_refused() {
        form.add("id_token", "a.b.c");
        form.add("id_token", "a.b.d");

        refused(LoginProof.ID_TOKEN);
    }

    @Test
    void a_proof_of_the_other_kind_is_refused_even_beside_the_right_one() {
        form.putSingle("id_token", "a.b.c");
        form.putSingle("UID", "u");
        form.putSingle("UIDSignature", "sig=");
        form.putSingle("signatureTimestamp", "1700000000");

        refused(LoginProof.ID_TOKEN);
        refused(LoginProof.UID_SIGNATURE);
    }

    @Test
    void a_token_of_a_megabyte_is_refused_before_it_is_read() {
        form.putSingle("id_token", "a".repeat(1 << 20));

        refused(LoginProof.ID_TOKEN);
    }

    @Test
    void a_token_may_be_as_long_as_the_verifier_takes_one() throws SignInException {
        form.putSingle("id_token", "a".repeat(16 * 1024));
        assertThat(read(LoginProof.ID_TOKEN)).isEqualTo(new Proof.IdToken("a".repeat(16 * 1024)));

        form.putSingle("id_token", "a".repeat(16 * 1024 + 1));
        refused(LoginProof.ID_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "abc", "-1", "+1", "1.5", "1e9", "0x10", "99999999999", "１７０００００００００", "1700000000 "})
    void a_timestamp_that_is_no_number_of_seconds_is_refused(String timestamp) {
        form.putSingle("UID", "u");
        form.putSingle("UIDSignature", "sig=");
        form.putSingle("signatureTimestamp", timestamp);

        refused(LoginProof.UID_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\nb", "a\0"})
    void a_uid_of_a_form_that_no_uid_has_is_refused(String uid) {
        form.putSingle("UID", uid);
        form.putSingle("UIDSignature", "sig=");
        form.putSingle("signatureTimestamp", "1700000000");

        refused(LoginProof.UID_SIGNATURE);
    }

    @Test
    void no_text_of_a_proof_shows_it() {
        assertThat(new Proof.IdToken("secret-token")).hasToString("IdToken[]");
    }

    private void refused(LoginProof expected) {
        assertThatThrownBy(() -> read(expected))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refusal -> assertThat(refusal.error()).isEqualTo(SignInError.PROOF_INVALID));
    }

    private Proof read(LoginProof expected) throws SignInException {
        return new ProofForm(form, ProofForm.Parameters.OF_PAGE).read(expected);
    }
}
