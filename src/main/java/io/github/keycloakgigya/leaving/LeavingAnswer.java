package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.github.keycloakgigya.leaving.LeavingMemo.LeavingProgress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far a run or a preview is, as an administrator is told.
 *
 * @param status {@code none}, {@code running}, {@code stopping}, {@code stopped}, {@code finished}, {@code failed}
 * @param started when it was started, in ISO 8601; null where none was
 * @param seconds how long it has worked
 * @param done how many accounts it has dealt with
 * @param total how many there are, as Gigya counts them; 0 where nobody knows
 * @param perSecond how many it deals with in a second
 * @param secondsLeft how long it takes still; -1 where nobody knows
 * @param states how many accounts are in which state
 * @param failed of how many nothing could be found out
 * @param badLines how many lines of a file hold no account that could be read; they count as failed
 * @param badLineNumbers the first of them, counted from 1
 * @param reason why it ended early; empty text where it did not
 */
public record LeavingAnswer(
        String status,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant started,
        long seconds,
        long done,
        long total,
        long perSecond,
        long secondsLeft,
        Map<String, LeavingTally.Count> states,
        long failed,
        long badLines,
        List<Long> badLineNumbers,
        String reason) {

    static LeavingAnswer of(LeavingProgress progress) {
        return new LeavingAnswer(
                progress.status().name().toLowerCase(Locale.ROOT),
                progress.status() == LeavingProgress.Status.NONE ? null : progress.started(),
                progress.millis() / 1000,
                progress.done(),
                progress.total(),
                progress.perSecond(),
                progress.secondsLeft(),
                progress.tally().counts(),
                progress.tally().failed(),
                0,
                List.of(),
                progress.reason());
    }

    LeavingAnswer withBadLines(long bad, List<Long> numbers) {
        return new LeavingAnswer(
                status, started, seconds, done, total, perSecond, secondsLeft, states, failed, bad, numbers, reason);
    }
}
