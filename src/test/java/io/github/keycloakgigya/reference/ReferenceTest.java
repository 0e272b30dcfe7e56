package io.github.keycloakgigya.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/reference} says what the code says. One command makes it anew. */
class ReferenceTest {

    static final String COMMAND = "mvn test -Dtest=ReferenceTest -Dreference.write";

    private static final Pattern METRIC = Pattern.compile("\"(keycloak\\.gigya[a-z.]*[a-z])\"");
    private static final Path MONITORING = Path.of("src/main/java/io/github/keycloakgigya/monitoring");

    private final Remarks remarks = new Remarks();

    @BeforeAll
    static void write_where_asked_to() throws IOException {
        if (System.getProperty("reference.write") != null) {
            for (var page : pages(new Remarks())) {
                Files.writeString(page.file(), page.text());
            }
        }
    }

    private static List<Page> pages(Remarks remarks) {
        var messages = new MessagePages(remarks);
        return List.of(
                messages.events(),
                messages.errorCodes(),
                messages.log(),
                messages.adminConsole(),
                new SettingPage().page(),
                new MetricPage().page());
    }

    @Test
    void the_pages_are_those_of_the_code() throws IOException {
        var stale = new ArrayList<Path>();
        for (var page : pages(remarks)) {
            if (!Files.exists(page.file()) || !Files.readString(page.file()).equals(page.text())) {
                stale.add(page.file());
            }
        }

        assertThat(stale)
                .as("stale: run `%s` and look at the difference", COMMAND)
                .isEmpty();
    }

    @Test
    void no_page_is_left_that_nothing_makes() throws IOException {
        try (var files = Files.list(Page.FOLDER)) {
            assertThat(files.toList())
                    .containsExactlyInAnyOrderElementsOf(
                            pages(remarks).stream().map(Page::file).toList());
        }
    }

    @Test
    void no_remark_speaks_of_what_the_code_does_not_have() {
        pages(remarks);

        assertThat(remarks.unused())
                .as("remove or change these lines of %s", Remarks.FILE)
                .isEmpty();
    }

    @Test
    void no_log_escapes_it_by_another_name() {
        assertThat(LoggedMessages.loggers()).isNotEmpty().containsOnly("LOG");
    }

    @Test
    void no_metric_escapes_it() throws IOException {
        var named = new TreeSet<String>();
        try (var files = Files.list(MONITORING)) {
            for (var file : files.toList()) {
                named.addAll(METRIC.matcher(Files.readString(file))
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet()));
            }
        }

        assertThat(new MetricPage().names()).isNotEmpty().containsAll(named);
    }
}
