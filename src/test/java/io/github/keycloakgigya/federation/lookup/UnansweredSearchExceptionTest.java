package io.github.keycloakgigya.federation.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.lookup.FailedLookUp.UnansweredSearchException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class UnansweredSearchExceptionTest {

    @Test
    void it_fills_one_line_of_a_log() {
        var failure = GigyaException.unavailable("accounts.search was not answered in time");
        var logged = new StringWriter();

        new UnansweredSearchException(failure).printStackTrace(new PrintWriter(logged));

        assertThat(logged.toString().lines())
                .singleElement()
                .asString()
                .contains("accounts.search was not answered in time");
    }
}
