package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.signin.SignInSettings.LoginProof;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A form in which a proof was posted. */
public final class ProofForm {

    /**
     * The names of a proof's parameters at one door.
     *
     * @param idToken of the token
     * @param uid of the UID
     * @param signature of the UID's signature
     * @param timestamp of the time of that signature, in seconds since 1970
     */
    public record Parameters(String idToken, String uid, String signature, String timestamp) {

        /** As the page posts them. */
        public static final Parameters OF_PAGE =
                new Parameters("id_token", "UID", "UIDSignature", "signatureTimestamp");

        /** As an app posts them to the token endpoint. */
        public static final Parameters OF_APPS =
                new Parameters("gigya_id_token", "gigya_uid", "gigya_uid_signature", "gigya_signature_timestamp");
    }

    // Ten digits reach the year 2286.
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    // As much as the verifier takes of a browser's token.
    private static final int MAX_LENGTH = 16 * 1024;

    private final MultivaluedMap<String, String> form;
    private final Parameters names;

    /** Reads what was posted, decoded. */
    public ProofForm(MultivaluedMap<String, String> form, Parameters names) {
        this.form = form;
        this.names = names;
    }

    /** {@return whether nothing of a proof was posted, not even of a malformed one} */
    public boolean isEmpty() {
        return Stream.of(names.idToken(), names.uid(), names.signature(), names.timestamp())
                .noneMatch(form::containsKey);
    }

    /**
     * {@return the proof of the expected kind}
     *
     * @throws SignInException where the proof is missing, doubled, too long or malformed, or one of the other kind came
     *     along
     */
    public Proof read(LoginProof expected) throws SignInException {
        var idToken = single(names.idToken());
        var uid = single(names.uid());
        var signature = single(names.signature());
        var timestamp = single(names.timestamp());
        return switch (expected) {
            case ID_TOKEN -> {
                if (idToken.isEmpty() || uid.isPresent() || signature.isPresent() || timestamp.isPresent()) {
                    throw malformed("a token is expected, and nothing else");
                }
                yield new Proof.IdToken(idToken.get());
            }
            case UID_SIGNATURE -> {
                if (idToken.isPresent() || uid.isEmpty() || signature.isEmpty() || timestamp.isEmpty()) {
                    throw malformed("a signed UID is expected, and nothing else");
                }
                yield signedUid(uid.get(), signature.get(), timestamp.get());
            }
        };
    }

    private static Proof signedUid(String uid, String signature, String timestamp) throws SignInException {
        var signed = Uid.of(uid).orElseThrow(() -> malformed("the UID is of a form that no UID has"));
        if (!SECONDS.matcher(timestamp).matches()) {
            throw malformed("the timestamp is not a number of seconds");
        }
        return new Proof.SignedUid(
                new UidSignature(signed, signature, Instant.ofEpochSecond(Long.parseLong(timestamp))));
    }

    private Optional<String> single(String name) throws SignInException {
        var values = form.get(name);
        if (values == null || values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw malformed(name + " was posted more than once");
        }
        if (values.get(0).length() > MAX_LENGTH) {
            throw malformed(name + " is too long");
        }
        return values.get(0).isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    private static SignInException malformed(String why) {
        return SignInException.of(SignInError.PROOF_INVALID, why);
    }

    /** What a browser or an app posted to prove its sign-in at Gigya. Nothing in it is trusted yet. */
    public sealed interface Proof {

        /** A token that Gigya signed. */
        record IdToken(String token) implements Proof {
            /** Leaves the token out, so that no log shows it. */
            @Override
            public String toString() {
                return "IdToken[]";
            }
        }

        /** A UID with Gigya's signature. */
        record SignedUid(UidSignature signature) implements Proof {}
    }
}
