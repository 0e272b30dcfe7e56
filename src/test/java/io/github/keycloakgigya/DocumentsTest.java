package io.github.keycloakgigya;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there. */
class DocumentsTest {

    private static final Pattern TEST = Pattern.compile("`(\\w*[a-z]\\w*(?:IT|Test))(?:\\.(\\w+))?`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK_IN_HEADING = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern PAGE_OF_INDEX = Pattern.compile("(?m)^\\| \\[([^]]+)]\\(([^)#]+)\\)");
    private static final Path INDEX = Path.of("docs/README.md");

    @Test
    void the_index_calls_each_page_by_its_title() {
        assertThat(PAGE_OF_INDEX.matcher(Document.read(INDEX).text()).results())
                .isNotEmpty()
                .allSatisfy(page -> assertThat(Document.read(
                                        INDEX.resolveSibling(page.group(2)).normalize())
                                .lines())
                        .contains("# " + page.group(1)));
    }

    @Test
    void every_test_that_a_document_names_exists() {
        var sources = Sources.files();

        for (var document : documents()) {
            TEST.matcher(document.text())
                    .results()
                    .forEach(named -> assertThat(sources)
                            .as("%s names %s", document, named.group())
                            .anyMatch(source -> holds(source, named.group(1), Optional.ofNullable(named.group(2)))));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_to_a_file_leads_to_one(Document document) {
        assertThat(links(document).filter(link -> !isExternal(link)).map(DocumentsTest::file))
                .allSatisfy(target -> assertThat(resolve(document, target)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_to_a_heading_leads_to_one(Document document) {
        assertThat(links(document).filter(link -> !isExternal(link) && link.contains("#")))
                .allSatisfy(link -> assertThat(anchors(Document.read(resolve(document, file(link)))))
                        .contains(link.substring(link.indexOf('#') + 1)));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_to_another_site_is_a_whole_https_address(Document document) {
        assertThat(links(document).filter(DocumentsTest::isExternal).map(URI::create))
                .allSatisfy(address -> {
                    assertThat(address).hasScheme("https").hasNoUserInfo();
                    assertThat(address.getHost()).matches("[a-z0-9-]+(\\.[a-z0-9-]+)+");
                });
    }

    @Test
    void the_index_of_the_manual_leads_to_every_page_of_it() {
        var linked = links(Document.read(INDEX)).map(DocumentsTest::file).toList();

        assertThat(documents().stream()
                        .map(Document::path)
                        .filter(path -> path.startsWith("docs/") && !path.equals("docs/README.md"))
                        .map(path -> path.substring("docs/".length())))
                .allSatisfy(page -> assertThat(linked).contains(page));
    }

    private static List<Document> documents() {
        return Document.all();
    }

    private static Stream<String> links(Document document) {
        return document.prose()
                .flatMap(line -> LINK.matcher(CODE.matcher(line).replaceAll("code"))
                        .results()
                        .map(link -> link.group(1)));
    }

    private static boolean isExternal(String link) {
        return link.matches("[a-z]+:.*");
    }

    private static String file(String link) {
        return link.replaceFirst("#.*", "");
    }

    private static Path resolve(Document document, String target) {
        return target.isEmpty()
                ? Path.of(document.path())
                : Path.of(document.path()).resolveSibling(target).normalize();
    }

    /** {@return the names by which headings can be linked} As GitHub makes them; a second one of a name gets a number. */
    private static Set<String> anchors(Document document) {
        var anchors = new TreeSet<String>();
        document.headings().map(DocumentsTest::anchor).forEach(anchor -> {
            var name = anchor;
            for (int next = 1; !anchors.add(name); next++) {
                name = anchor + "-" + next;
            }
        });
        return anchors;
    }

    private static String anchor(String heading) {
        return LINK_IN_HEADING
                .matcher(heading)
                .replaceAll(link -> Matcher.quoteReplacement(link.group(1)))
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static boolean holds(Path source, String testClass, Optional<String> test) {
        try {
            return source.endsWith(testClass + ".java")
                    && (test.isEmpty() || Files.readString(source).contains("void " + test.get() + "("));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
