package io.github.keycloakgigya.account;

import java.util.Collection;
import java.util.Optional;

/**
 * An e-mail address as far as two of them are compared, and stored.
 *
 * @param text as received
 */
public record EmailAddress(String text) {

    /**
     * {@return the address as Keycloak stores it, in lower case; empty where it can't be stored as one} Whether it is of
     * the form of an e-mail address is for Keycloak to say.
     */
    public Optional<String> stored() {
        return VisibleText.lowerCase(text)
                .filter(address ->
                        VisibleText.fits(address) && address.codePoints().noneMatch(Character::isWhitespace));
    }

    /**
     * {@return whether both are one address} Only the letters A to Z are alike in both cases. Unicode's rules make the
     * Kelvin sign a k and the dotless i an I, so that a stranger's verified address could stand for another's.
     */
    public boolean matches(EmailAddress other) {
        return !text.isEmpty() && lowerCase().equals(other.lowerCase());
    }

    /** {@return whether it is one of several} */
    boolean isAmong(Collection<String> others) {
        return others.stream().map(EmailAddress::new).anyMatch(this::matches);
    }

    private String lowerCase() {
        var folded = new StringBuilder(text.length());
        text.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        return folded.toString();
    }

    /** Leaves the address out, so that no log shows it. */
    @Override
    public String toString() {
        return "EmailAddress[]";
    }
}
