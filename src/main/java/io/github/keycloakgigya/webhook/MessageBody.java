package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome.REFUSED;
import static io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome.TOO_LARGE;
import static io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome.UNREADABLE;

import io.github.keycloakgigya.monitoring.WebhookMeters;
import io.github.keycloakgigya.token.BodyDigest;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.webhook.MessageSeats.MessageSeat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * The body of a message, which is read only once its token is verified, and believed only where that token was signed for
 * it. Gigya packs long ones; whether it signs them before or after that, nobody says, so that either will do.
 */
final class MessageBody {

    /** The most bytes that are received. */
    static final int LONGEST = 1 << 20;

    /** The most bytes after unpacking. */
    static final int LONGEST_UNPACKED = 1 << 23;

    private static final int CHUNK = 1 << 13;

    private final VerifiedToken token;
    private final WebhookMeters meters;
    private final MessageSeat seat;

    /** @param token of the message, verified */
    MessageBody(VerifiedToken token, WebhookMeters meters, MessageSeat seat) {
        this.token = token;
        this.meters = meters;
        this.seat = seat;
    }

    /** {@return the body that the token was signed for, unpacked} */
    byte[] read(InputStream received) throws RefusedMessageException {
        var raw = received(received);
        var isSigned = isSigned(raw, false);
        if (!isPacked(raw)) {
            require(isSigned);
            return raw;
        }
        var unpacked = unpacked(raw, isSigned);
        require(isSigned || isSigned(unpacked, true));
        return unpacked;
    }

    private byte[] unpacked(byte[] raw, boolean isSigned) throws RefusedMessageException {
        // What is not signed as it came may be nothing of Gigya's.
        var broken = isSigned ? UNREADABLE : REFUSED;
        try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(raw))) {
            var unpacked = unpacking.readNBytes(LONGEST_UNPACKED + 1);
            if (unpacked.length > LONGEST_UNPACKED) {
                throw tooLarge(LONGEST_UNPACKED);
            }
            return unpacked;
        } catch (IOException notPacked) {
            throw new RefusedMessageException(broken, "its body can't be unpacked");
        }
    }

    private byte[] received(InputStream body) throws RefusedMessageException {
        try {
            return seat.received(() -> all(body));
        } catch (IOException cutOff) {
            throw new RefusedMessageException(UNREADABLE, "its body can't be read");
        }
    }

    private byte[] all(InputStream body) throws IOException, RefusedMessageException {
        var received = new ByteArrayOutputStream();
        var chunk = new byte[CHUNK];
        for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
            received.write(chunk, 0, read);
            if (received.size() > LONGEST) {
                throw tooLarge(LONGEST);
            }
            seat.requireNotLost();
        }
        return received.toByteArray();
    }

    private static RefusedMessageException tooLarge(int most) {
        return new RefusedMessageException(TOO_LARGE, "its body has more than " + most + " bytes");
    }

    private boolean isSigned(byte[] body, boolean unpacked) {
        var digest = BodyDigest.of(token, body);
        digest.ifPresent(form -> meters.signed(form, unpacked));
        return digest.isPresent();
    }

    // By its own first bytes and not by a header, which proxies change. No JSON begins with them.
    private static boolean isPacked(byte[] raw) {
        return raw.length > 1 && (raw[0] & 0xff) == 0x1f && (raw[1] & 0xff) == 0x8b;
    }

    private static void require(boolean isSigned) throws RefusedMessageException {
        if (!isSigned) {
            throw new RefusedMessageException(REFUSED, "its token was signed for another body");
        }
    }
}
