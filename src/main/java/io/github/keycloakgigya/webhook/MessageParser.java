package io.github.keycloakgigya.webhook;

import static io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome.TOO_LARGE;
import static io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome.UNREADABLE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.keycloakgigya.api.Uid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events of a message, and of each of them what says which account is to be read. What else is there is passed
 * over without being kept: with {@code params}, Gigya would send whole profiles.
 */
final class MessageParser {

    /** As many as Gigya puts into one message. */
    static final int MOST_EVENTS = 500;

    private static final int LONGEST_ID = 128;

    // The year 9999, as for the times of tokens.
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            // Names of members must not fill a table that outlives the message.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private MessageParser() {}

    /** {@return the events, in their order} */
    static List<Hint> parse(byte[] body) throws RefusedMessageException {
        try {
            // Decoded first: from bytes, Jackson would guess other encodings than UTF-8.
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            try (var json = JSON.createParser(text.toString())) {
                var hints = message(json);
                if (json.nextToken() != null) {
                    throw unreadable();
                }
                return hints;
            }
        } catch (IOException notJson) {
            // Its message quotes the body.
            throw unreadable();
        }
    }

    private static List<Hint> message(JsonParser json) throws IOException, RefusedMessageException {
        List<Hint> hints = null;
        require(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var isEvents = "events".equals(json.currentName());
            var value = json.nextToken();
            if (isEvents) {
                require(value == JsonToken.START_ARRAY);
                hints = events(json);
            } else {
                json.skipChildren();
            }
        }
        require(hints != null);
        return hints;
    }

    private static List<Hint> events(JsonParser json) throws IOException, RefusedMessageException {
        var hints = new ArrayList<Hint>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT);
            if (hints.size() == MOST_EVENTS) {
                throw new RefusedMessageException(TOO_LARGE, "it has more than " + MOST_EVENTS + " events");
            }
            hints.add(event(json));
        }
        return hints;
    }

    private static Hint event(JsonParser json) throws IOException, RefusedMessageException {
        var type = EventType.OTHER;
        var id = Optional.<String>empty();
        var at = Optional.<Instant>empty();
        var account = new Account(Optional.empty(), Optional.empty());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            switch (name) {
                case "type" -> type = text(json).map(EventType::of).orElse(EventType.OTHER);
                case "id" ->
                    id = text(json).filter(text -> !text.isEmpty()).filter(text -> text.length() <= LONGEST_ID);
                case "timestamp" -> at = time(json);
                case "data" -> account = value == JsonToken.START_OBJECT ? account(json) : account;
                default -> {
                    // Not needed.
                }
            }
            json.skipChildren();
        }
        return new Hint(type, id, account.uid(), account.newUid(), at);
    }

    private record Account(Optional<Uid> uid, Optional<Uid> newUid) {}

    private static Account account(JsonParser json) throws IOException {
        var uid = Optional.<Uid>empty();
        var newUid = Optional.<Uid>empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "uid" -> uid = text(json).flatMap(Uid::of);
                case "newUid" -> newUid = text(json).flatMap(Uid::of);
                default -> {
                    // Not needed.
                }
            }
            json.skipChildren();
        }
        return new Account(uid, newUid);
    }

    private static Optional<String> text(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
    }

    private static Optional<Instant> time(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return Optional.empty();
        }
        long seconds = json.getLongValue();
        return seconds < 0 || seconds > LAST_SECOND ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    private static void require(boolean condition) throws RefusedMessageException {
        if (!condition) {
            throw unreadable();
        }
    }

    private static RefusedMessageException unreadable() {
        return new RefusedMessageException(UNREADABLE, "its body is no message that is known here");
    }

    /**
     * An event: a reason to read an account, and the word of Gigya that it goes by another UID now.
     *
     * @param type its type
     * @param id by which Gigya tells events apart; empty where it has none that can be kept
     * @param uid of the account; empty where it names none that can be one
     * @param newUid what the account goes by now; empty where it still goes by the UID, or nothing usable is said
     * @param at when it happened, by Gigya's clock; empty where that is not said
     */
    record Hint(EventType type, Optional<String> id, Optional<Uid> uid, Optional<Uid> newUid, Optional<Instant> at) {

        /** Leaves everything but the type out, so that no log shows it. */
        @Override
        public String toString() {
            return "Hint[" + type + "]";
        }
    }
}
