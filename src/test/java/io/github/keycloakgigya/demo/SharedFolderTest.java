package io.github.keycloakgigya.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {

    @Test
    void what_is_made_up_at_the_first_start_stays(@TempDir Path path) {
        var password = new SharedFolder(path).password("password");
        assertThat(new SharedFolder(path).kept("key", "first")).isEqualTo("first");

        assertThat(new SharedFolder(path).password("password"))
                .isEqualTo(password)
                .hasSize(32);
        assertThat(new SharedFolder(path).kept("key", "second")).isEqualTo("first");
    }

    @Test
    void no_two_folders_have_the_same_password(@TempDir Path one, @TempDir Path other) {
        assertThat(new SharedFolder(one).password("password"))
                .isNotEqualTo(new SharedFolder(other).password("password"));
    }

    @Test
    void variables_are_written_as_a_shell_reads_them(@TempDir Path path) throws IOException {
        new SharedFolder(path).writeVariables("variables", Map.of("SECRET", "a+b/c=", "HOST", "gigya.localhost:8443"));

        assertThat(Files.readString(path.resolve("variables")))
                .isEqualTo("HOST='gigya.localhost:8443'\nSECRET='a+b/c='\n");
    }
}
