package io.github.keycloakgigya.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A client of a site's OpenID provider, as Gigya's console calls a relying party.
 *
 * @param id the client id
 * @param secret the client secret
 * @param redirectUri where codes may be sent, compared exactly
 * @param subjects what the client is told of whom
 */
public record OpenIdClient(String id, String secret, String redirectUri, Subjects subjects) {

    /** The subject types of OpenID Connect Core, section 8. */
    public enum Subjects {
        /** The UID. What Gigya does. */
        PUBLIC,
        /** A text that differs from client to client. Gigya does not document it. */
        PAIRWISE
    }

    String subjectOf(Account account) {
        return subjects == Subjects.PUBLIC ? account.uid() : pairwise(account);
    }

    private String pairwise(Account account) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((id + "|" + account.uid()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
        return "OpenIdClient[" + id + "]";
    }
}
