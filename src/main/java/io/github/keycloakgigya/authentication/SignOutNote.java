package io.github.keycloakgigya.authentication;

import io.github.keycloakgigya.api.Uid;
import java.util.Optional;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a Keycloak session remembers of the Gigya session that it came from.
 *
 * @param componentId the user federation
 * @param uid the account
 */
record SignOutNote(String componentId, Uid uid) {

    private static final String COMPONENT = "gigya.federation";
    private static final String UID = "gigya.uid";

    void leaveIn(AuthenticationSessionModel login) {
        login.setUserSessionNote(COMPONENT, componentId);
        login.setUserSessionNote(UID, uid.value());
    }

    static Optional<SignOutNote> of(UserSessionModel session) {
        var component = session.getNote(COMPONENT);
        return component == null
                ? Optional.empty()
                : Uid.of(session.getNote(UID)).map(uid -> new SignOutNote(component, uid));
    }
}
