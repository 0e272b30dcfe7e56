package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * What all nodes know of the last run and the last preview besides their lock.
 *
 * @param ofFile whether its accounts come from a file, which no other node has
 * @param progress how far it is
 * @param count how many accounts are behind the checkpoint, whose time is the lock's watermark
 * @param settled what became of these
 * @param preview how far the preview is
 */
record LeavingMemo(
        boolean ofFile, LeavingProgress progress, long count, LeavingTally settled, LeavingProgress preview) {

    static final LeavingMemo NONE =
            new LeavingMemo(false, LeavingProgress.NONE, 0, new LeavingTally(), LeavingProgress.NONE);

    private static final JsonMapper JSON = new JsonMapper();

    /** {@return what is said of a new run} */
    LeavingMemo begun(boolean file, LeavingProgress run) {
        return new LeavingMemo(file, run, 0, new LeavingTally(), preview);
    }

    /** {@return whether another node can go on with the run} */
    boolean isResumable() {
        return !ofFile;
    }

    LeavingMemo with(LeavingProgress other) {
        return new LeavingMemo(ofFile, other, count, settled, preview);
    }

    LeavingMemo withPreview(LeavingProgress other) {
        return new LeavingMemo(ofFile, progress, count, settled, other);
    }

    /** {@return the same with another checkpoint} */
    LeavingMemo at(long accounts, LeavingTally became) {
        return new LeavingMemo(ofFile, progress, accounts, became, preview);
    }

    String text() {
        var json = JSON.createObjectNode();
        json.put("file", ofFile);
        progress.writeTo(json.putObject("progress"));
        json.put("count", count);
        settled.writeTo(json.putObject("settled"));
        preview.writeTo(json.putObject("preview"));
        return json.toString();
    }

    /** {@return what a memo says; that there was no run where it says nothing that could be read} */
    static LeavingMemo parse(String memo) {
        try {
            var json = JSON.readTree(memo);
            return new LeavingMemo(
                    json.path("file").asBoolean(),
                    LeavingProgress.of(json.path("progress")),
                    json.path("count").asLong(),
                    LeavingTally.of(json.path("settled")),
                    json.has("preview") ? LeavingProgress.of(json.path("preview")) : LeavingProgress.NONE);
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return NONE;
        }
    }

    /**
     * How far a run is, or how it ended, as all nodes know it.
     *
     * @param status what it does
     * @param started when it was started; the beginning of time where none was
     * @param told when this was last written
     * @param millis how long it has worked, without the time in which its node was gone
     * @param done how many accounts it has dealt with
     * @param total how many there are, as Gigya counts them; 0 where nobody knows
     * @param tally what became of them
     * @param reason why it ended early; empty text where it did not
     */
    record LeavingProgress(
            Status status,
            Instant started,
            Instant told,
            long millis,
            long done,
            long total,
            LeavingTally tally,
            String reason) {

        static final LeavingProgress NONE =
                new LeavingProgress(Status.NONE, Instant.EPOCH, Instant.EPOCH, 0, 0, 0, new LeavingTally(), "");

        /** What a run does. */
        enum Status {
            /** There was none yet. */
            NONE,
            /** It works, or another node is about to go on with it. */
            RUNNING,
            /** An administrator wants it to end. */
            STOPPING,
            /** An administrator ended it. */
            STOPPED,
            /** It came to its end. */
            FINISHED,
            /** It could not go on. */
            FAILED;

            /** {@return whether a node works, or should} */
            boolean isOpen() {
                return this == RUNNING || this == STOPPING;
            }
        }

        static LeavingProgress begun(Instant now) {
            return new LeavingProgress(Status.RUNNING, now, now, 0, 0, 0, new LeavingTally(), "");
        }

        LeavingProgress with(Status other, String why) {
            return new LeavingProgress(other, started, told, millis, done, total, tally, why);
        }

        LeavingProgress passed(Instant now, long ofTotal, LeavingTally soFar, long accounts) {
            var worked = millis + Math.max(0, Duration.between(told, now).toMillis());
            return new LeavingProgress(
                    status, started, now, worked, accounts, Math.max(ofTotal, accounts), soFar, reason);
        }

        /** {@return the same at a checkpoint, from where work goes on now} */
        LeavingProgress resumed(Instant now, long accounts, LeavingTally settled) {
            return new LeavingProgress(Status.RUNNING, started, now, millis, accounts, total, settled, "");
        }

        /** {@return how many accounts a second it deals with} */
        long perSecond() {
            return millis == 0 ? 0 : done * 1000 / millis;
        }

        /** {@return how long it takes still, if it goes on like that, in seconds; -1 where nobody knows} */
        long secondsLeft() {
            if (!status.isOpen() || done == 0 || total < done) {
                return status.isOpen() ? -1 : 0;
            }
            return (total - done) * millis / done / 1000;
        }

        void writeTo(ObjectNode json) {
            json.put("status", status.name());
            json.put("started", started.toEpochMilli());
            json.put("told", told.toEpochMilli());
            json.put("millis", millis);
            json.put("done", done);
            json.put("total", total);
            json.put("reason", reason);
            tally.writeTo(json);
        }

        /** @throws IllegalArgumentException where it is none */
        static LeavingProgress of(JsonNode json) {
            return new LeavingProgress(
                    Status.valueOf(json.path("status").asText()),
                    Instant.ofEpochMilli(json.path("started").asLong()),
                    Instant.ofEpochMilli(json.path("told").asLong()),
                    json.path("millis").asLong(),
                    json.path("done").asLong(),
                    json.path("total").asLong(),
                    LeavingTally.of(json),
                    json.path("reason").asText());
        }
    }
}
