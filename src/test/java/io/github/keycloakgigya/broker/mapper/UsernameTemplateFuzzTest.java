package io.github.keycloakgigya.broker.mapper;

import io.github.keycloakgigya.fuzz.ForeignTexts;
import io.github.keycloakgigya.fuzz.Growth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is saved as a template is one, or is refused. */
class UsernameTemplateFuzzTest {

    @Test
    void a_template_is_read_or_refused() {
        ForeignTexts.readAll(
                List.of("${ALIAS}-${profile.email | localpart}", "${UID}", "${data.a|uppercase}x${data.b}"),
                UsernameTemplate::parse,
                IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${a|", "${a", "$", "{|", "}", "${UID}"})
    void a_longer_template_takes_no_more_than_its_share_of_the_time(String part) {
        Growth.isLinear(length -> part.repeat(length / part.length()), UsernameTemplate::parse);
        Growth.isLinear(length -> "${" + part.repeat(length / part.length()), UsernameTemplate::parse);
    }
}
