package io.github.keycloakgigya.failure;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;

/**
 * What the developer of an app reads where a sign-in through the token endpoint fails: RFC 6749, section 5.2, and for
 * what is not the app's fault section 4.1.2.1.
 *
 * @param error the member {@code error}
 * @param description the member {@code error_description}; holds nothing of a person
 * @param status the status of the answer
 */
public record OAuthRefusal(String error, String description, Response.Status status) {

    /** {@return what a failure means to an app} */
    public static OAuthRefusal of(SignInError failure) {
        return switch (failure) {
            case PROOF_INVALID -> badGrant("The proof is not valid here");
            case PROOF_EXPIRED -> badGrant("The proof has expired: get a new one");
            case PROOF_REPLAYED -> badGrant("The proof was used before: get a new one");
            case ACCOUNT_NOT_FOUND -> badGrant("The account does not exist any more");
            case ACCOUNT_DISABLED -> badGrant("The account is disabled");
            case ACCOUNT_INCOMPLETE -> badGrant("The account is not complete or not verified");
            case ACCOUNT_CONFLICT -> badGrant("The account's name or address is somebody else's");
            case GIGYA_UNAVAILABLE ->
                new OAuthRefusal(
                        OAuthErrorException.TEMPORARILY_UNAVAILABLE,
                        "Gigya can't be reached: try again later",
                        Response.Status.SERVICE_UNAVAILABLE);
            case GIGYA_MISCONFIGURED ->
                new OAuthRefusal(
                        OAuthErrorException.SERVER_ERROR,
                        "The sign-in is not set up correctly",
                        Response.Status.INTERNAL_SERVER_ERROR);
        };
    }

    /**
     * {@return the same refusal where what was shown is a parameter of the request and no grant} So RFC 8693 has it, in
     * section 2.2.2.
     */
    public OAuthRefusal ofRequest() {
        return OAuthErrorException.INVALID_GRANT.equals(error)
                ? new OAuthRefusal(OAuthErrorException.INVALID_REQUEST, description, status)
                : this;
    }

    private static OAuthRefusal badGrant(String description) {
        return new OAuthRefusal(OAuthErrorException.INVALID_GRANT, description, Response.Status.BAD_REQUEST);
    }
}
