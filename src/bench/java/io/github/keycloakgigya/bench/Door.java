package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.server.AdminClient;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;

/** A way to sign in to Keycloak that has a realm to itself, in which everybody is known already. */
interface Door {

    /** {@return what tables call it} */
    String name();

    /** {@return the realm's name} */
    String realm();

    /**
     * Makes the realm.
     *
     * @param realm its representation so far, with a client and without users
     */
    void create(AdminClient admin, ObjectNode realm);

    /**
     * Signs somebody in.
     *
     * @param login begins at the client, in a browser that has no cookie of Keycloak
     * @param person from 0 to {@link SignInSuite#PEOPLE}, exclusive
     * @return what the browser is left with
     */
    Page signIn(LoginFlow login, int person);
}
