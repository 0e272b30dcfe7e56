package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.leaving.Leaving;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * {@code /admin/realms/{realm}/gigya/leaving/{component id}}: what an administrator does to leave Gigya. Only whoever may
 * manage the realm and its users gets here.
 */
public final class LeavingResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final AdminEventBuilder events;

    /** @param component the user federation that is left */
    LeavingResource(KeycloakSession session, RealmModel realm, ComponentModel component, AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.component = component;
        this.events = events;
    }

    /** {@return how far the last run is, on whatever node} */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Leaving.Progress progress() {
        return leaving().progress();
    }

    private Leaving leaving() {
        return new Leaving(session.getKeycloakSessionFactory(), realm.getId(), component.getId());
    }
}
