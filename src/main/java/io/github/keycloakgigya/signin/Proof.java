package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.UidSignature;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /**
     * The names of a proof's parameters at one door.
     *
     * @param idToken of the token
     * @param uid of the UID
     * @param signature of the UID's signature
     * @param timestamp of the time of that signature, in seconds since 1970
     */
    record Parameters(String idToken, String uid, String signature, String timestamp) {

        /** As the page posts them. */
        public static final Parameters OF_PAGE =
                new Parameters("id_token", "UID", "UIDSignature", "signatureTimestamp");
    }

    /** What can be a UID at all: see the verifier of tokens, which holds UIDs to the same. */
    Pattern UID = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    /** The most seconds that {@link Instant} is asked to hold: ten digits reach the year 2286. */
    Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    /** Tokens of Gigya with many mapped fields take a few KiB. */
    int MAX_LENGTH = 32 * 1024;

    /**
     * Reads the proof of the expected kind.
     *
     * @param form what was posted, decoded
     * @throws SignInException where the proof is missing, doubled, too long or malformed, or one of the other kind came
     *     along
     */
    static Proof read(MultivaluedMap<String, String> form, LoginProof expected, Parameters names)
            throws SignInException {
        var idToken = single(form, names.idToken());
        var uid = single(form, names.uid());
        var signature = single(form, names.signature());
        var timestamp = single(form, names.timestamp());
        return switch (expected) {
            case ID_TOKEN -> {
                if (idToken.isEmpty() || uid.isPresent() || signature.isPresent() || timestamp.isPresent()) {
                    throw malformed("a token is expected, and nothing else");
                }
                yield new IdToken(idToken.get());
            }
            case UID_SIGNATURE -> {
                if (idToken.isPresent() || uid.isEmpty() || signature.isEmpty() || timestamp.isEmpty()) {
                    throw malformed("a signed UID is expected, and nothing else");
                }
                if (!UID.matcher(uid.get()).matches()) {
                    throw malformed("the UID is of a form that no UID has");
                }
                if (!SECONDS.matcher(timestamp.get()).matches()) {
                    throw malformed("the timestamp is not a number of seconds");
                }
                yield new SignedUid(new UidSignature(
                        uid.get(), signature.get(), Instant.ofEpochSecond(Long.parseLong(timestamp.get()))));
            }
        };
    }

    private static Optional<String> single(MultivaluedMap<String, String> form, String name) throws SignInException {
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
}
