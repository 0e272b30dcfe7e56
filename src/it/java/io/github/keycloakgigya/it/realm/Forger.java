package io.github.keycloakgigya.it.realm;

import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import io.github.keycloakgigya.token.GigyaKey;
import io.github.keycloakgigya.token.GigyaTokens;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes tokens about a victim into the page that stands open. What it starts from is good in every respect.
 *
 * @param gigya the key that Gigya signs with
 * @param site of the realm
 * @param uid of the victim
 * @param audience that the page was given
 * @param now when the tokens are made
 */
public record Forger(GigyaKey gigya, Site site, String uid, String audience, Instant now) {

    /** A key that Gigya never had. */
    public static final GigyaKey FOREIGN = GigyaKey.of("foreign");

    public static Forger at(Entrant entrant, AttackedRealm attacked) {
        return of(
                attacked.realm().simulator(),
                attacked.realm().site(),
                attacked.victim().uid(),
                entrant.audience());
    }

    public static Forger of(GigyaSimulator simulator, Site site, String uid, String audience) {
        var key = new GigyaKey(simulator.signingKeyId(), simulator.signingKeyPair());
        return new Forger(key, site, uid, audience, Instant.now());
    }

    /** {@return the token that the page waits for, signed by Gigya once it is {@code signed()}} */
    public GigyaTokens token() {
        return GigyaTokens.account(gigya, site.apiKey(), uid, now).with("aud", audience);
    }

    /** {@return the token that comes along with a sign-in} */
    public GigyaTokens signInToken() {
        return GigyaTokens.signIn(gigya, site.apiKey(), uid, now);
    }

    /** {@return seconds since 1970, so many later than now} */
    public long in(long seconds) {
        return now.getEpochSecond() + seconds;
    }

    /** {@return Gigya's public key as PEM text} */
    public String publicKeyPem() {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(gigya.publicKey().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
    }

    public static String hs256(GigyaTokens token, byte[] secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            var signedPart = token.signedPart();
            return signedPart + "."
                    + GigyaTokens.base64Url(mac.doFinal(signedPart.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String ps256(GigyaTokens token) {
        try {
            var signer = Signature.getInstance("RSASSA-PSS");
            signer.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signer.initSign(gigya.pair().getPrivate());
            var signedPart = token.signedPart();
            signer.update(signedPart.getBytes(StandardCharsets.US_ASCII));
            return signedPart + "." + GigyaTokens.base64Url(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
