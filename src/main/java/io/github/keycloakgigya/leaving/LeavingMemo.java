package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * What all nodes know of a run besides its lock.
 *
 * @param ofFile whether its accounts come from a file, which no other node has
 * @param progress how far it is
 * @param count how many accounts are behind the checkpoint, whose time is the lock's watermark
 * @param settled what became of these
 */
record LeavingMemo(boolean ofFile, LeavingProgress progress, long count, LeavingTally settled) {

    static final LeavingMemo NONE = new LeavingMemo(false, LeavingProgress.NONE, 0, new LeavingTally());

    private static final JsonMapper JSON = new JsonMapper();

    /** {@return whether another node can go on with it} */
    boolean isResumable() {
        return !ofFile;
    }

    LeavingMemo with(LeavingProgress other) {
        return new LeavingMemo(ofFile, other, count, settled);
    }

    String text() {
        var json = JSON.createObjectNode();
        json.put("file", ofFile);
        progress.writeTo(json.putObject("progress"));
        json.put("count", count);
        settled.writeTo(json.putObject("settled"));
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
                    LeavingTally.of(json.path("settled")));
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return NONE;
        }
    }
}
