package io.github.keycloakgigya.token;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The header of a token, of which one thing is taken: the name of the key.
 *
 * @param keyId the {@code kid}, which is opaque
 */
record JoseHeader(String keyId) {

    // Extensions that change what is signed, and every way but kid to name or bring along a key (RFC 7515, section 4.1;
    // RFC 7797). Other members don't matter: Gigya added one (dc) without notice.
    private static final Set<String> FORBIDDEN =
            Set.of("crit", "b64", "zip", "enc", "cty", "jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256");

    private static final int LONGEST_KEY_ID = 256;

    static JoseHeader parse(byte[] json) throws TokenRefusedException {
        var members = StrictJson.object(json);
        if (!"RS256".equals(members.get("alg"))) {
            throw new TokenRefusedException(TokenRule.ALGORITHM);
        }
        if (members.keySet().stream().anyMatch(FORBIDDEN::contains)
                || members.containsKey("typ") && !"JWT".equals(members.get("typ"))) {
            throw new TokenRefusedException(TokenRule.HEADER);
        }
        return new JoseHeader(keyIdOf(members));
    }

    private static String keyIdOf(Map<String, Object> members) throws TokenRefusedException {
        // Tokens of 2017 and 2018 name their key in keyid, those until 2021 in both, later ones in kid.
        var keyId = members.getOrDefault("kid", members.get("keyid"));
        if (keyId instanceof String text
                && !text.isEmpty()
                && text.length() <= LONGEST_KEY_ID
                && Objects.equals(keyId, members.getOrDefault("keyid", keyId))) {
            return text;
        }
        throw new TokenRefusedException(TokenRule.KEY_ID);
    }
}
