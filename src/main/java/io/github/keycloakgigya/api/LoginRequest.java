package io.github.keycloakgigya.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What {@code accounts.login} is asked to check.
 *
 * @param loginId the login identifier
 * @param password the password as typed
 * @param clientAddress the address of the person's browser, for Gigya's risk rules
 */
public record LoginRequest(String loginId, String password, Optional<String> clientAddress) {

    public LoginRequest {
        Objects.requireNonNull(loginId, "loginId");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(clientAddress, "clientAddress");
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "LoginRequest[]";
    }
}
