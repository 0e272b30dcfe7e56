package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * An app that is about to post a proof to the token endpoint.
 *
 * @param browser through which it calls
 * @param action the token endpoint
 * @param audience of tokens that are made for the realm
 * @param request the parameters that name the client and the grant
 * @param names gives the parts of a proof the names that they have at this door
 */
public record App(HttpBrowser browser, URI action, String audience, Form request, UnaryOperator<Form> names)
        implements Entrant {

    /** {@return the same app, which calls through another browser} */
    public App through(HttpBrowser other) {
        return new App(other, action, audience, request, names);
    }

    /** {@return another client in the place of this one} */
    public App as(String clientId) {
        var changed = Form.empty();
        request.parameters()
                .forEach(part ->
                        changed.and(part.getKey(), part.getKey().equals("client_id") ? clientId : part.getValue()));
        return new App(browser, action, audience, changed, names);
    }

    @Override
    public Form named(Form form) {
        return names.apply(form);
    }

    @Override
    public Entrant again(Page answer) {
        return this;
    }

    @Override
    public Tokens tokens(Page answer) {
        return AppRealm.tokens(answer);
    }

    @Override
    public void isStillOutside(Page answer) {
        assertThat(answer.status())
                .as("status of an answer without tokens: %s", answer.body())
                .isNotEqualTo(200);
        assertThat(answer.body()).doesNotContain("access_token");
    }
}
