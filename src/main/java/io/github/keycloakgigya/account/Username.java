package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.Uid;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a user in Keycloak: in lower case, and of no letters that could make it look like, or become, another's.
 *
 * @param text as Keycloak stores it
 */
public record Username(String text) {

    /**
     * {@return the name that an account asks for; its UID where it asks for none, or for one that can't be}
     *
     * @param wanted what the account's field holds
     * @param uid the account's UID
     */
    public static Username of(Optional<String> wanted, Uid uid) {
        return wanted.flatMap(Username::parse).orElseGet(() -> ofUid(uid));
    }

    /** {@return the name that a text stands for; empty where it can't be one} */
    public static Optional<Username> parse(String text) {
        return VisibleText.lowerCase(text)
                .map(String::strip)
                .filter(name -> !name.isEmpty() && VisibleText.fits(name))
                .map(Username::new);
    }

    /** {@return the name that a UID becomes} */
    public static Username ofUid(Uid uid) {
        // Some letters take more room in lower case.
        var name = uid.value().toLowerCase(Locale.ROOT);
        return new Username(
                VisibleText.fits(name)
                        ? name
                        : UUID.nameUUIDFromBytes(uid.value().getBytes(StandardCharsets.UTF_8))
                                .toString());
    }

    /** {@return whether it could be somebody's e-mail address} */
    public boolean isAddress() {
        var at = text.indexOf('@');
        return at > 0 && at < text.length() - 1;
    }

    /** Leaves the name out, so that no log shows it. */
    @Override
    public String toString() {
        return "Username[]";
    }
}
