package io.github.keycloakgigya.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.soak.Finding;
import io.github.keycloakgigya.soak.Promise;
import io.github.keycloakgigya.soak.SoakPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code mvn -Psoak verify}: two nodes, PostgreSQL and the Gigya simulator under load for some minutes
 * ({@code -Dsoak.minutes}), while one thing after the other goes wrong. Writes a page with plots ({@code -Dsoak.report} names
 * the folder).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Soak {

    // Held, because Java forgets the level of a logger that nobody holds. Each node that dies would fill the log.
    private static final Logger PROXY = Logger.getLogger("io.undertow");

    private SoakPage page;

    @BeforeAll
    void soak() throws Exception {
        PROXY.setLevel(Level.SEVERE);
        var minutes = Duration.ofMinutes(Integer.getInteger("soak.minutes"));
        try (var run = SoakRun.prepare(minutes, step -> System.out.println("==> " + step))) {
            page = run.run();
        }
        page.writeTo(Path.of(System.getProperty("soak.report")));
    }

    @ParameterizedTest
    @EnumSource
    void holds(Promise promise) {
        assertThat(page.findings())
                .filteredOn(finding -> finding.promise() == promise)
                .extracting(this::told)
                .as(promise.title())
                .isEmpty();
    }

    private String told(Finding finding) {
        return page.timeOf(finding.at()) + " " + finding.what();
    }
}
