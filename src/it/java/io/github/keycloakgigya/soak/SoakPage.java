package io.github.keycloakgigya.soak;

import io.github.keycloakgigya.TextTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What came of a soak, as a page of Markdown with plots. */
public final class SoakPage {

    private static final String PAGE = "soak.md";
    private static final Duration PUBLISHED = Duration.ofMinutes(15);
    private static final int MOST_FINDINGS = 20;

    private final Judge judge;
    private final Recording recording;
    private final Duration length;
    private final String machine;
    private final Map<String, Footprint> before;
    private final Map<String, Footprint> after;
    private final List<Finding> findings;

    /**
     * @param judge of the recording
     * @param length that was asked for
     * @param machine one line about hardware and versions
     * @param before what each node took at the start
     * @param after what each node took at the end
     */
    public SoakPage(
            Judge judge, Duration length, String machine, Map<String, Footprint> before, Map<String, Footprint> after) {
        this.judge = judge;
        this.recording = judge.recording();
        this.length = length;
        this.machine = machine;
        this.before = before;
        this.after = after;
        this.findings = judge.findings();
    }

    /** {@return everything that was promised and does not hold, by time} */
    public List<Finding> findings() {
        return findings;
    }

    /** {@return minutes and seconds from the start} */
    public String timeOf(Instant at) {
        var time = Duration.between(recording.start(), at);
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** Writes the page and its plots. */
    public void writeTo(Path folder) {
        try {
            var images = Files.createDirectories(folder.resolve("images"));
            for (var plot : SoakPlots.of(recording).entrySet()) {
                Files.writeString(images.resolve(plot.getKey()), plot.getValue().svg());
            }
            Files.writeString(folder.resolve(PAGE), text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return """
                # Soak

                %s, %s. Written by `mvn -Psoak verify`; [how it is done](README.md#a-soak).

                %s%s

                ## What had to hold

                %s
                %s## Figures

                %s
                ## Faults

                Recovery is the time from the end of the fault to the beginning of the last attempt that still failed; after a node was
                killed, the time from the kill. Nothing may be later than two seconds.

                %s
                ## Doors

                %s
                ## Over time

                The grey bands are the faults, by their numbers in the table above.

                %s""".formatted(
                        timeOf(end()) + " minutes of load with faults",
                        operations(any -> true) + " attempts",
                        length.compareTo(PUBLISHED) < 0
                                ? "A trial: shorter than a published run, and no base for claims.\n\n"
                                : "",
                        machine,
                        promises(),
                        violations(),
                        figures(),
                        faults(),
                        doors(),
                        SoakPlots.of(recording).entrySet().stream()
                                .map(plot -> "![" + plot.getValue().title() + "](images/" + plot.getKey() + ")\n")
                                .collect(Collectors.joining("\n")));
    }

    private Instant end() {
        return recording.operations().stream()
                .map(Operation::end)
                .max(Instant::compareTo)
                .orElse(recording.start());
    }

    private String promises() {
        var table = new TextTable("what", "found");
        for (var promise : Promise.values()) {
            long count = findings.stream()
                    .filter(finding -> finding.promise() == promise)
                    .count();
            table.row(promise.title(), count == 0 ? "holds" : "**does not hold**, " + count + " times");
        }
        return table.text();
    }

    private String violations() {
        if (findings.isEmpty()) {
            return "";
        }
        var table = new TextTable("at", "what", "against");
        findings.stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> table.row(
                        timeOf(finding.at()),
                        finding.what().replace("|", "\\|").replace("\n", " "),
                        finding.promise().title()));
        return "### What does not hold\n\nThe first " + Math.min(MOST_FINDINGS, findings.size()) + " of "
                + findings.size() + ":\n\n" + table.text() + "\n";
    }

    private String figures() {
        var table = new TextTable("measured", "quiet", "later, outside of faults");
        var quiet = judge.quiet();
        var later = judge.undisturbed();
        table.row("attempts that somebody waits for", Integer.toString(quiet.size()), Integer.toString(later.size()));
        for (int percent : List.of(50, 99)) {
            table.row(
                    percent + " % took at most",
                    Times.percentile(percent, quiet).toMillis() + " ms",
                    Times.percentile(percent, later).toMillis() + " ms");
        }
        before.forEach((node, footprint) -> table.row(
                node + " at rest", footprint.toString(), after.get(node).toString()));
        return table.text();
    }

    private String faults() {
        var table = new TextTable(
                "no.",
                "fault",
                "from",
                "to",
                "as it should",
                "told that Gigya can't be reached",
                "no answer",
                "recovery");
        int number = 0;
        for (var band : recording.bands()) {
            number++;
            Predicate<Operation> during = operation -> operation.touches(band.begin(), band.end());
            table.row(
                    Integer.toString(number),
                    band.fault(),
                    timeOf(band.begin()),
                    timeOf(band.end()),
                    operations(during.and(Operation::isRight)),
                    operations(during.and(operation -> operation.ending() == Ending.UNAVAILABLE)),
                    operations(during.and(operation -> operation.ending() == Ending.NO_ANSWER)),
                    judge.recovery(band).toMillis() + " ms");
        }
        return table.text();
    }

    private String doors() {
        var endings = Ending.values();
        var heads = new String[endings.length + 1];
        heads[0] = "door";
        for (int ending = 0; ending < endings.length; ending++) {
            heads[ending + 1] = endings[ending].title();
        }
        var table = new TextTable(heads);
        judge.doors().stream().sorted().forEach(door -> {
            var cells = heads.clone();
            cells[0] = door;
            Arrays.stream(endings)
                    .forEach(ending -> cells[ending.ordinal() + 1] =
                            operations(operation -> operation.door().equals(door) && operation.ending() == ending));
            table.row(cells);
        });
        return table.text();
    }

    private String operations(Predicate<Operation> which) {
        long count = recording.operations().stream().filter(which).count();
        return String.format(Locale.ROOT, "%,d", count);
    }
}
