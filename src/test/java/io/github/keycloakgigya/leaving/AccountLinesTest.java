package io.github.keycloakgigya.leaving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountLinesTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void a_line_that_is_too_long_is_bad_and_the_next_one_is_read() throws IOException {
        var file = "{\"UID\":\"long\",\"data\":\"" + "x".repeat(MEBIBYTE) + "\"}\n{\"UID\":\"short\"}";
        var lines = lines(file);

        assertThat(uids(lines)).containsExactly("short");
        assertThat(lines.badLines()).containsExactly(1L);
    }

    @Test
    void an_endless_line_takes_no_memory_but_the_longest_that_is_read() throws IOException {
        var lines = new AccountLines(new InputStream() {
            private long left = 64L * MEBIBYTE;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }
        });

        assertThat(uids(lines)).isEmpty();
        assertThat(lines.bad()).isEqualTo(1);
    }

    @Test
    void a_file_is_read_in_parts() throws IOException {
        var file = new StringBuilder();
        IntStream.range(0, 450)
                .forEach(number -> file.append("{\"UID\":\"").append(number).append("\"}\r\n"));
        var lines = lines(file.toString());

        assertThat(lines.next()).hasSize(200);
        assertThat(uids(lines)).hasSize(250);
        assertThat(lines.bad()).isZero();
    }

    @Test
    void of_many_bad_lines_the_first_are_named_and_all_are_counted() throws IOException {
        var lines = lines("bad\n".repeat(150));

        assertThat(uids(lines)).isEmpty();
        assertThat(lines.bad()).isEqualTo(150);
        assertThat(lines.badLines()).hasSize(100).startsWith(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "{}", "{\"UID\":1}", "{\"UID\":\"a\"", "{\"UID\":\"a\",\"isActive\":\"yes\"}"})
    void what_is_no_account_is_bad(String line) throws IOException {
        var lines = lines(line);

        assertThat(uids(lines)).isEmpty();
        assertThat(lines.bad()).isEqualTo(1);
    }

    private static AccountLines lines(String file) {
        return new AccountLines(new ByteArrayInputStream(file.getBytes(UTF_8)));
    }

    private static List<String> uids(AccountLines lines) throws IOException {
        var uids = new ArrayList<String>();
        for (var part = lines.next(); !part.isEmpty(); part = lines.next()) {
            part.stream().map(LeavingAccount::uid).map(Uid::value).forEach(uids::add);
        }
        return uids;
    }
}
