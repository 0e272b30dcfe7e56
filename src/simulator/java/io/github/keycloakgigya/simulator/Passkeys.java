package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The passkeys of all accounts, as WebAuthn has them (level 3, sections 7.1 and 7.2). Signatures are really checked; of an
 * attestation, only the key is read.
 */
final class Passkeys {

    private static final int HASH = 32;
    // The person was there, and showed it by a finger or a number.
    private static final int PRESENT_AND_VERIFIED = 0x05;

    private record Ceremony(Site site, String challenge, Optional<Account> account) {}

    private record Passkey(Site site, Account account, PublicKey key) {}

    private final Map<String, Ceremony> ceremonies = new ConcurrentHashMap<>();
    private final Map<String, Passkey> byCredential = new ConcurrentHashMap<>();

    /** {@return the answer that begins a ceremony: a token, and options in which the challenge is filled in} */
    Reply begin(Site site, Optional<Account> account, ObjectNode options) {
        var token = RandomText.TOKEN.next();
        var challenge = base64Url(RandomText.TOKEN.next().getBytes(StandardCharsets.UTF_8));
        ceremonies.put(token, new Ceremony(site, challenge, account));
        options.put("challenge", challenge);
        return Reply.of(Reply.object().put("token", token).put("options", options.toString()));
    }

    /** Takes the key that an authenticator made for an account. */
    void register(Call call) throws Refusal {
        var credential = call.optionalObject("attestation").orElseThrow(() -> Refusal.invalid("attestation"));
        var ceremony = ceremony(call, credential, "webauthn.create");
        var account = ceremony.account().orElseThrow(() -> Refusal.invalid("token"));
        requireRelyingParty(call.site(), bytes(credential.at("/response/authenticatorData")));
        byCredential.put(
                credential.path("id").asText(),
                new Passkey(
                        call.site(),
                        account,
                        key(
                                credential.at("/response/publicKeyAlgorithm").asInt(),
                                bytes(credential.at("/response/publicKey")))));
    }

    /** {@return whose passkey has signed this ceremony's challenge} */
    Account owner(Call call) throws Refusal {
        var assertion = call.optionalObject("authenticatorAssertion")
                .orElseThrow(() -> Refusal.invalid("authenticatorAssertion"));
        ceremony(call, assertion, "webauthn.get");
        var passkey = byCredential.get(assertion.path("id").asText());
        if (passkey == null
                || passkey.site() != call.site()
                || !call.site().accounts().holds(passkey.account())) {
            throw Refusal.of(GigyaError.UNAUTHORIZED_USER);
        }
        var data = bytes(assertion.at("/response/authenticatorData"));
        requireRelyingParty(call.site(), data);
        var client = bytes(assertion.at("/response/clientDataJSON"));
        if (!isSigned(passkey.key(), data, client, bytes(assertion.at("/response/signature")))) {
            throw Refusal.of(GigyaError.UNAUTHORIZED_USER);
        }
        return passkey.account();
    }

    // A challenge is good once.
    private Ceremony ceremony(Call call, JsonNode credential, String type) throws Refusal {
        var ceremony = ceremonies.remove(call.required("token"));
        if (ceremony == null || ceremony.site() != call.site()) {
            throw Refusal.invalid("token");
        }
        var client = json(bytes(credential.at("/response/clientDataJSON")));
        var origin = client.path("origin").asText();
        if (!client.path("type").asText().equals(type)
                || !client.path("challenge").asText().equals(ceremony.challenge())
                || !isBelow(origin, call.site().passkeyDomain())
                || !BrowserRules.isAllowed(origin, call.site())) {
            throw Refusal.invalid("clientDataJSON");
        }
        return ceremony;
    }

    private static boolean isBelow(String origin, String domain) {
        var host = URI.create(origin).getHost();
        return host != null && (host.equals(domain) || host.endsWith("." + domain));
    }

    private static void requireRelyingParty(Site site, byte[] data) throws Refusal {
        var domain = hash(site.passkeyDomain().getBytes(StandardCharsets.UTF_8));
        if (data.length <= HASH
                || !Arrays.equals(domain, Arrays.copyOf(data, HASH))
                || (data[HASH] & PRESENT_AND_VERIFIED) != PRESENT_AND_VERIFIED) {
            throw Refusal.invalid("authenticatorData");
        }
    }

    private static PublicKey key(int algorithm, byte[] encoded) throws Refusal {
        var kind = switch (algorithm) {
            case -7 -> "EC";
            case -257 -> "RSA";
            default -> throw Refusal.invalid("publicKeyAlgorithm");
        };
        try {
            return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException noKey) {
            throw Refusal.invalid("publicKey");
        }
    }

    private static boolean isSigned(PublicKey key, byte[] data, byte[] client, byte[] signed) {
        try {
            var signature =
                    Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
            signature.initVerify(key);
            signature.update(data);
            signature.update(hash(client));
            return signature.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode json(byte[] text) throws Refusal {
        try {
            return ExactJson.MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw Refusal.invalid("clientDataJSON");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(JsonNode text) throws Refusal {
        try {
            return Base64.getUrlDecoder().decode(text.asText());
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid("response");
        }
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
