package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Form;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The events of an attempt to get in, at whichever door.
 *
 * @param posted what was posted
 * @param events that it caused
 */
public record AttemptEvents(Form posted, List<JsonNode> events) {

    private static final Set<String> PROOFS =
            Set.of("id_token", "UIDSignature", "gigya_id_token", "gigya_uid_signature", "subject_token", "assertion");
    // The parts of a token, a signature; not "id_token" or a number of seconds.
    private static final int LEAST_LENGTH_OF_A_SECRET = 16;

    /** {@return the parts of a form that prove something} */
    public static Stream<String> proofsIn(Form posted) {
        return posted.parameters().stream()
                .filter(parameter -> PROOFS.contains(parameter.getKey()))
                .map(parameter -> parameter.getValue());
    }

    /** Asserts that one event tells of the refusal, and of nobody where nothing was proven. */
    public void tellOnly(Refusal refusal) {
        tellOnly(refusal, "LOGIN_ERROR");
    }

    /** Asserts that one event of this type tells of the refusal, and of nobody where nothing was proven. */
    public void tellOnly(Refusal refusal, String type) {
        assertThat(events).as("events").singleElement().satisfies(event -> {
            assertThat(event.path("type").asText()).isEqualTo(type);
            assertThat(event.at("/details/gigya_error").asText()).isEqualTo(refusal.code());
            if (refusal.isOfProof()) {
                assertThat(event.at("/details/gigya_uid").isMissingNode())
                        .as("a UID is noted that nobody proved")
                        .isTrue();
                assertThat(event.has("userId"))
                        .as("a user is noted whom nobody proved")
                        .isFalse();
            }
        });
    }

    /** Asserts that no event holds a part of the token, or the signature. */
    public void holdNothingOfTheProof() {
        var secrets = proofsIn(posted)
                .flatMap(proof -> Stream.of(proof.split("\\.")))
                .filter(part -> part.length() >= LEAST_LENGTH_OF_A_SECRET)
                .toList();
        assertThat(events).as("events").allSatisfy(event -> assertThat(secrets).noneMatch(event.toString()::contains));
    }
}
