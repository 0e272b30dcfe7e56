package io.github.keycloakgigya.it.realm;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How Keycloak ends an attack before this extension is asked, or after it let Keycloak go on: the errors of its events. */
public enum KeycloakRefusal implements Outcome {
    /** Keycloak shows the page of an old form again, or refuses what is no request, and tells no event of it. */
    NO_EVENT,
    EXPIRED_CODE("expired_code"),
    COOKIE_NOT_FOUND("cookie_not_found"),
    NO_LOGIN("invalid_code", "cookie_not_found"),
    INVALID_REQUEST("invalid_request"),
    NOT_ALLOWED("not_allowed"),
    /** Of the local user, whom somebody wants to link. Keycloak 26.7 tells of it twice. */
    WRONG_PASSWORD("invalid_user_credentials", "invalid_user_credentials");

    private final List<String> errors;

    KeycloakRefusal(String... errors) {
        this.errors = Stream.of(errors).sorted().toList();
    }

    /** {@return the members {@code error} of its events, sorted} */
    List<String> errors() {
        return errors;
    }

    @Override
    public String code() {
        return errors.isEmpty()
                ? "Keycloak"
                : "Keycloak: " + errors.stream().distinct().collect(Collectors.joining(", "));
    }

    @Override
    public Attempt of(Attempt attempt) {
        return attempt.wasStoppedByKeycloak(this);
    }
}
