package io.github.keycloakgigya.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An account of {@code docker/demo-accounts.json}, which has the members of an {@code accounts.getAccountInfo} answer.
 *
 * @param json the account and its password
 */
record DemoAccount(JsonNode json) {

    static List<DemoAccount> read(Path file) {
        return StreamSupport.stream(Json.read(file).spliterator(), false)
                .map(DemoAccount::new)
                .toList();
    }

    String uid() {
        return json.required("UID").textValue();
    }

    String password() {
        return json.required("password").textValue();
    }

    String name() {
        return json.at("/profile/firstName").asText() + " "
                + json.at("/profile/lastName").asText();
    }

    /** {@return the e-mail address that the person types to sign in} */
    String loginId() {
        return Stream.concat(verifiedEmails(), unverifiedEmails()).findFirst().orElseThrow();
    }

    Stream<String> verifiedEmails() {
        return texts(json.at("/emails/verified"));
    }

    Stream<String> unverifiedEmails() {
        return texts(json.at("/emails/unverified"));
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue);
    }

    /** Leaves everything but the UID out. */
    @Override
    public String toString() {
        return "DemoAccount[" + uid() + "]";
    }
}
