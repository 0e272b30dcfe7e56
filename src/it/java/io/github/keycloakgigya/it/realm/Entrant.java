package io.github.keycloakgigya.it.realm;

import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import java.net.URI;

/** Somebody who stands before a door: with a browser that shows the page, or as an app. */
public sealed interface Entrant permits Visitor, App {

    HttpBrowser browser();

    /** {@return where a proof is posted to} */
    URI action();

    /** {@return for whom tokens have to be made that are to open the door for this one} */
    String audience();

    /** {@return the parameters that are posted besides a proof} */
    Form request();

    /**
     * {@return a form as this door takes it}
     *
     * @param form under the names that the page gives the parts of a proof
     */
    Form named(Form form);

    /** {@return the same entrant, after an answer that let nobody in} */
    Entrant again(Page answer);

    /**
     * {@return the client's tokens}
     *
     * @param answer to a proof that has to be good
     */
    Tokens tokens(Page answer);

    /** Asserts that an answer lets nobody in. */
    void isStillOutside(Page answer);

    /**
     * {@return what Keycloak answers}
     *
     * @param form under the names that the page gives the parts of a proof
     */
    default Page post(Form form) {
        return post(action(), form);
    }

    /** {@return what Keycloak answers to a form that is posted elsewhere} */
    default Page post(URI address, Form form) {
        AttemptEvents.proofsIn(form).forEach(proof -> Secrets.remember("proof", proof));
        return browser().post(address, request().and(named(form)));
    }
}
