package io.github.keycloakgigya.leaving;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a file of accounts, one JSON object a line, as Gigya's dataflows export them. Holds one line and one part of the
 * accounts at a time.
 */
final class AccountLines {

    private static final int LONGEST_LINE = 1 << 20;
    private static final int PART = 200;
    private static final int MOST_NAMED = 100;

    private static final JsonMapper JSON = new JsonMapper();

    private final InputStream file;
    private final List<Long> badLines = new ArrayList<>();
    private long lines;
    private long bad;
    private boolean ended;

    /** @param file in UTF-8; it is not closed */
    AccountLines(InputStream file) {
        this.file = new BufferedInputStream(file, 1 << 16);
    }

    /** {@return some more accounts; none after the last} */
    List<LeavingAccount> next() throws IOException {
        var accounts = new ArrayList<LeavingAccount>();
        while (!ended && accounts.size() < PART) {
            line().flatMap(this::account).ifPresent(accounts::add);
        }
        return accounts;
    }

    /** {@return how many lines hold no account that could be read} */
    long bad() {
        return bad;
    }

    /** {@return the numbers of such lines, counted from 1, at most 100} What stands in them is never told. */
    List<Long> badLines() {
        return List.copyOf(badLines);
    }

    private Optional<byte[]> line() throws IOException {
        var line = new ByteArrayOutputStream();
        var length = 0L;
        int read;
        while ((read = file.read()) >= 0 && read != '\n') {
            if (++length <= LONGEST_LINE) {
                line.write(read);
            }
        }
        ended = read < 0;
        if (ended && length == 0) {
            return Optional.empty();
        }
        lines++;
        if (length > LONGEST_LINE) {
            badLine();
            return Optional.empty();
        }
        return line.toString(StandardCharsets.UTF_8).isBlank() ? Optional.empty() : Optional.of(line.toByteArray());
    }

    private Optional<LeavingAccount> account(byte[] line) {
        try {
            var account = LeavingAccount.of(JSON.readTree(line), LeavingAccount.Source.FILE);
            if (account.isEmpty()) {
                badLine();
            }
            return account;
        } catch (JsonProcessingException unreadable) {
            badLine();
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void badLine() {
        bad++;
        if (badLines.size() < MOST_NAMED) {
            badLines.add(lines);
        }
    }
}
