package io.github.keycloakgigya.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.realm.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document of the table of attacks says what is tested. {@code -Dattacks.write} writes it anew. */
class AttackTableTest {

    private static final Path DOCUMENT = Path.of("docs/attacks.md");

    private static final String HEAD = """
            # Attacks, and where they are tested

            `AttackIT` tries every attack below at every door, against a running Keycloak. Nobody is signed in then, nothing is
            linked, and no user, role or session has changed. A cell names how it ends:

            | cell | how it ends |
            | --- | --- |
            | `proof_invalid` and other plain names | one event with this value of the detail `gigya_error`, and a text for the reader |
            | Keycloak: a name | Keycloak itself refuses, and its event has this `error` |
            | Keycloak | Keycloak itself refuses before it has an event: a form that is not the newest of its login, or no good request |
            | Keycloak: invalid_user_credentials | Keycloak offers to link the account, asks for the local user's password, and gets a wrong one |
            | in, as another user | the attacker has a user of his own; nobody who was there is changed |
            | a letter | the attack makes no sense at that door, as told at the end |

            At the JWT authorization grant, Keycloak's own checks of an assertion come first. For `proof_invalid` and `proof_expired`
            its event may be Keycloak's own, with the error `invalid_grant` for the app.

            `DoorsTest` fails for a way into Keycloak that is not in the table, and for a cell that is neither tried nor told at the
            end. `AttackTableTest` fails where this page differs from the tests.
            """;

    @Test
    void the_document_is_what_is_tested() throws IOException {
        var table = table();

        if (System.getProperty("attacks.write") != null) {
            Files.writeString(DOCUMENT, table);
        }

        assertThat(DOCUMENT).hasContent(table);
    }

    private static String table() {
        var excuses = new LinkedHashMap<String, Character>();
        var text = new StringBuilder(HEAD);
        for (var family : AttackFamily.values()) {
            text.append("\n## ").append(family.title()).append("\n\n");
            row(text, Stream.concat(Stream.of(family.subject() + " …"), doors().map(Door::title)));
            row(text, Stream.concat(Stream.of("---"), doors().map(door -> "---")));
            family.attacks()
                    .forEach(attack -> row(
                            text,
                            Stream.concat(
                                    Stream.of(attack.toString()), doors().map(door -> cell(attack, door, excuses)))));
        }
        text.append("\n## Why not\n\n");
        row(text, Stream.of("letter", "reason"));
        row(text, Stream.of("---", "---"));
        excuses.forEach((excuse, letter) -> row(text, Stream.of(letter.toString(), excuse)));
        return text.toString();
    }

    private static Stream<Door> doors() {
        return Stream.of(Door.values());
    }

    private static String cell(Attack attack, Door door, Map<String, Character> excuses) {
        return attack.excuse(door)
                .map(excuse -> excuses.computeIfAbsent(excuse, fresh -> (char) ('a' + excuses.size()))
                        .toString())
                .orElseGet(() -> attack.outcome(door).code())
                .replaceAll("^([a-z]+_[a-z_]+)$", "`$1`");
    }

    private static void row(StringBuilder text, Stream<String> cells) {
        text.append(cells.map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
