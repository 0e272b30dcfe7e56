package io.github.keycloakgigya.api.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;

/**
 * Authorises by a token that an application's RSA key signs: header {@code alg}, {@code typ}, {@code kid}, claims
 * {@code iat}, {@code jti}, and no others, as the vendor's SDKs compose it.
 */
final class BearerRequest extends RequestAuthorization {

    private final JWSHeader header;
    private final JWSSigner signer;
    private final UniqueId tokenIds = new UniqueId();

    BearerRequest(String userKey, PrivateKey rsaKey) {
        Objects.requireNonNull(userKey, "userKey");
        this.header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(userKey)
                .build();
        this.signer = new RSASSASigner(rsaKey);
    }

    @Override
    FormRequest authorize(FormRequest request, Instant now) {
        var claims = new JWTClaimsSet.Builder()
                .issueTime(Date.from(now))
                .jwtID(tokenIds.next())
                .build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("the application's RSA key does not sign", e);
        }
        return request.withBearerToken(token.serialize());
    }

    @Override
    public String toString() {
        return "BearerRequest[userKey=" + header.getKeyID() + "]";
    }
}
