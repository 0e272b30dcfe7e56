package io.github.keycloakgigya.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log file of a server, which it writes before the call goes on (Keycloak logs asynchronously only when told to).
 *
 * @param file may still be growing
 */
public record ServerLog(Path file) {

    private static final Pattern HEAD = Pattern.compile(
            "^(?<at>[0-9]{4}-[0-9-]+ [0-9:,]+) (?:traceId=.* sampled=\\w+ )?(?<level>[A-Z]+) +\\[(?<category>[^]]+)] \\((?<thread>[^)]*)\\) ");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS");

    /**
     * One entry of the log.
     *
     * @param at when it was written
     * @param level such as {@code WARN}
     * @param category mostly the name of a class
     * @param thread the thread that wrote it
     * @param message the text, with the lines of a stack trace
     */
    public record Entry(Instant at, String level, String category, String thread, String message) {}

    /** {@return the place up to which the server has written, in bytes} */
    public long end() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return every line so far} */
    public List<String> lines() {
        return textSince(0).lines().toList();
    }

    /** {@return the last lines so far, without SQL} */
    public List<String> lastLines(int count) {
        List<String> lines = lines().stream()
                .filter(line -> !line.contains("[org.hibernate.SQL]"))
                .toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    /** {@return every entry so far} */
    public List<Entry> entries() {
        return entriesSince(0);
    }

    /**
     * {@return the entries that were written after a place}
     *
     * @param place what {@link #end()} answered
     */
    public List<Entry> entriesSince(long place) {
        List<Entry> entries = new ArrayList<>();
        for (String line : textSince(place).lines().toList()) {
            Matcher head = HEAD.matcher(line);
            if (head.find()) {
                entries.add(new Entry(
                        LocalDateTime.parse(head.group("at"), TIME)
                                .atZone(ZoneId.systemDefault())
                                .toInstant(),
                        head.group("level"),
                        head.group("category"),
                        head.group("thread"),
                        line.substring(head.end())));
            } else if (!entries.isEmpty()) {
                Entry last = entries.remove(entries.size() - 1);
                entries.add(new Entry(
                        last.at(), last.level(), last.category(), last.thread(), last.message() + "\n" + line));
            }
        }
        return entries;
    }

    /**
     * {@return what an operator reads at level WARN, of what was written after a place}
     *
     * @param place what {@link #end()} answered
     */
    public List<String> warningsSince(long place) {
        return entriesSince(place).stream()
                .filter(entry -> entry.level().equals("WARN"))
                .map(Entry::message)
                .toList();
    }

    private String textSince(long place) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(place);
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
