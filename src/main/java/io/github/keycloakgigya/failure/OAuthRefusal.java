package io.github.keycloakgigya.failure;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * What the developer of an app reads where a sign-in through the token endpoint fails: RFC 6749, section 5.2, and for
 * what is not the app's fault section 4.1.2.1.
 *
 * @param error the member {@code error}
 * @param description the member {@code error_description}; holds nothing of a person
 * @param status the status of the answer
 */
public record OAuthRefusal(String error, String description, Response.Status status) {

    static OAuthRefusal ofGrant(String description) {
        return new OAuthRefusal(OAuthErrorException.INVALID_GRANT, description, Response.Status.BAD_REQUEST);
    }

    static OAuthRefusal ofOutage(String description) {
        return new OAuthRefusal(
                OAuthErrorException.TEMPORARILY_UNAVAILABLE, description, Response.Status.SERVICE_UNAVAILABLE);
    }

    static OAuthRefusal ofServer(String description) {
        return new OAuthRefusal(OAuthErrorException.SERVER_ERROR, description, Response.Status.INTERNAL_SERVER_ERROR);
    }

    // Whoever asks may be no app of this realm: a console, or
    // another provider's flow. Which of both it is, the log says.
    static OAuthRefusal ofLookUp() {
        return ofOutage("The service that knows the user cannot be reached at the moment.");
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

    /** {@return the answer to the app} */
    public Response response() {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OAuth2ErrorRepresentation(error, description))
                .build();
    }

    /** {@return what to throw where a script of another origin may have asked, which could not read the answer else} */
    public CorsErrorResponseException through(Cors cors) {
        return new CorsErrorResponseException(cors, error, description, status);
    }
}
