package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Builds a {@link WebhookMessage} of a site. Unless said otherwise it is the one that Gigya would send now; all else is an
 * order to send what Gigya would not, or what is not known of it. Not thread-safe.
 */
public final class WebhookMessageBuilder {

    private static final long LIFETIME_SECONDS = 60;

    private final Site site;
    private final String nonce = UUID.randomUUID().toString();
    private final List<ObjectNode> events = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private SigningKey key;
    private Instant issuedAt = Instant.now();
    private Optional<byte[]> body = Optional.empty();
    private Optional<byte[]> signedBody = Optional.empty();
    private Consumer<Map<String, Object>> claims = untouched -> {};
    private boolean signed = true;
    private boolean zipped;
    private boolean hashOfZipped;
    private boolean hexadecimal;

    WebhookMessageBuilder(Site site, SigningKey key) {
        this.site = site;
        this.key = key;
    }

    /** Adds an event, of any type. */
    public WebhookMessageBuilder event(String type, String uid) {
        return event(type, uid, Optional.empty(), Instant.now());
    }

    /** Adds an event of an account that has another UID now, or went into another account. */
    public WebhookMessageBuilder moved(String type, String uid, String newUid) {
        return event(type, uid, Optional.of(newUid), Instant.now());
    }

    WebhookMessageBuilder event(String type, String uid, Optional<String> newUid, Instant at) {
        var event = Reply.object()
                .put("type", type)
                .put("id", UUID.randomUUID().toString())
                .put("timestamp", at.getEpochSecond())
                .put("callId", UUID.randomUUID().toString().replace("-", ""))
                .put("version", "2.0")
                .put("apiKey", site.apiKey());
        var data = event.putObject("data").put("accountType", "full").put("uid", uid);
        newUid.ifPresent(value -> data.put("newUid", value));
        return event(event);
    }

    WebhookMessageBuilder event(ObjectNode event) {
        events.add(event);
        return this;
    }

    /** Sends this text instead of events. */
    public WebhookMessageBuilder body(byte[] bytes) {
        body = Optional.of(bytes.clone());
        return this;
    }

    /** Sends a header along. */
    public WebhookMessageBuilder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Zips the body. */
    public WebhookMessageBuilder zipped() {
        zipped = true;
        return this;
    }

    /** Binds the token to the zipped bytes and not to those before; which of both Gigya takes is not known. */
    public WebhookMessageBuilder hashOfZippedBytes() {
        hashOfZipped = true;
        return this;
    }

    /** Writes the hash in hexadecimal digits and not in base64url; which of both Gigya writes is not quite sure. */
    public WebhookMessageBuilder hexadecimalHash() {
        hexadecimal = true;
        return this;
    }

    /** Signs as if it were another time: {@code iat}, {@code exp} and the body's own timestamp. */
    public WebhookMessageBuilder issuedAt(Instant moment) {
        issuedAt = moment;
        return this;
    }

    /** Leaves the signature out. */
    public WebhookMessageBuilder unsigned() {
        signed = false;
        return this;
    }

    /** Signs with another key under the name of the right one. */
    public WebhookMessageBuilder signedBy(KeyPair pair) {
        key = new SigningKey(key.id(), pair);
        return this;
    }

    /** Takes the token of another body. */
    public WebhookMessageBuilder tokenForBody(byte[] other) {
        signedBody = Optional.of(other.clone());
        return this;
    }

    /** Changes the claims of the token before it is signed. */
    public WebhookMessageBuilder claims(Consumer<Map<String, Object>> change) {
        claims = claims.andThen(change);
        return this;
    }

    /** {@return the message} */
    public WebhookMessage build() {
        var plain = body.orElseGet(this::eventsAsJson);
        var sent = zipped ? WebhookMessage.zip(plain) : plain;
        var token =
                signed ? Optional.of(sign(signedBody.orElse(hashOfZipped ? sent : plain))) : Optional.<String>empty();
        return new WebhookMessage(token, sent, zipped, Map.copyOf(headers));
    }

    private byte[] eventsAsJson() {
        var root = Reply.object();
        root.putArray("events").addAll(events);
        root.put("nonce", nonce).put("timestamp", issuedAt.getEpochSecond());
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String sign(byte[] bytes) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", "RS256");
        header.put("kid", key.id());
        header.put("typ", "JWT");
        header.put("dc", site.dataCenter());
        var members = new LinkedHashMap<String, Object>();
        members.put("iss", site.issuer());
        members.put("iat", issuedAt.getEpochSecond());
        members.put("exp", issuedAt.getEpochSecond() + LIFETIME_SECONDS);
        members.put("jti", nonce);
        members.put("sub", hash(bytes));
        claims.accept(members);
        return key.sign(header, members);
    }

    private String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return hexadecimal
                    ? HexFormat.of().formatHex(digest)
                    : Base64URL.encode(digest).toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
