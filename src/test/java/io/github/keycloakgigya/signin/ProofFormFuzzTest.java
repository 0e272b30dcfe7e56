package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.fuzz.ForeignTexts;
import io.github.keycloakgigya.fuzz.Growth;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is posted in a proof's place is a proof to be verified, or is refused. */
class ProofFormFuzzTest {

    private static final List<String> FORMS = List.of(
            "id_token=a.b.c",
            "UID=_guid_a+b/c==&UIDSignature=y8fo2ebrzyuN/kbX0wbPul8VwI8=&signatureTimestamp=1700000000",
            "UID=u&UID=v&UIDSignature=&signatureTimestamp=");

    @ParameterizedTest
    @EnumSource
    void a_form_is_read_or_refused(LoginProof expected) {
        ForeignTexts.readAll(FORMS, form -> read(form, expected), SignInException.class);
    }

    @Test
    void a_longer_form_takes_no_more_than_its_share_of_the_time() {
        Growth.isLinear(length -> "id_token=" + "a".repeat(length), form -> read(form, LoginProof.ID_TOKEN));
        Growth.isLinear(length -> "UID=a&".repeat(length / 6), form -> read(form, LoginProof.UID_SIGNATURE));
        Growth.isLinear(length -> FORMS.get(1) + "0".repeat(length), form -> read(form, LoginProof.UID_SIGNATURE));
    }

    private static void read(String form, LoginProof expected) throws SignInException {
        var posted = new MultivaluedHashMap<String, String>();
        for (var parameter : form.split("&")) {
            var parts = parameter.split("=", 2);
            posted.add(parts[0], parts.length > 1 ? parts[1] : "");
        }
        var read = new ProofForm(posted, ProofForm.Parameters.OF_PAGE);
        read.isEmpty();
        read.read(expected);
    }
}
