package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

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
}
