package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/** An account's password, which locks the account when it was guessed wrong too often. Thread-safe. */
final class AccountPassword {

    private static final int WRONG_PASSWORDS_UNTIL_LOCKED = 5;

    private final PasswordHash hash;
    private String password;
    private Instant created = Instant.now();
    private boolean locked;
    private int wrongPasswords;

    AccountPassword(String password, PasswordHash hash) {
        this.hash = hash;
        this.password = password;
    }

    synchronized void set(String value) {
        password = value;
        created = Instant.now();
    }

    /** Writes the members {@code hash} and {@code hashSettings}. */
    synchronized void describe(ObjectNode description) {
        hash.write(password, description);
    }

    /** {@return when it was set} */
    synchronized Instant created() {
        return created;
    }

    synchronized void setLocked(boolean value) {
        locked = value;
        wrongPasswords = 0;
    }

    synchronized boolean isLocked() {
        return locked;
    }

    /** Counts wrong passwords; the fifth locks the account. */
    synchronized boolean accepts(String candidate) {
        if (MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8))) {
            wrongPasswords = 0;
            return true;
        }
        wrongPasswords++;
        locked = locked || wrongPasswords >= WRONG_PASSWORDS_UNTIL_LOCKED;
        return false;
    }
}
