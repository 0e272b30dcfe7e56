package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.it.Secrets;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import java.util.List;
import java.util.Map;

/**
 * A password that was typed, and what came of it.
 *
 * @param answer what the browser or the app got
 * @param isIn whether it got in
 * @param failures the events of failed sign-ins that it caused
 * @param calls how often each method of Gigya's was called
 */
public record PasswordAttempt(Page answer, boolean isIn, List<JsonNode> failures, Map<String, Integer> calls) {

    /** Where a password may be typed. */
    public enum Door {
        FORM,
        DIRECT_GRANT;

        public PasswordAttempt attempt(PasswordRealm realm, String login, String password) {
            Secrets.remember("password", password);
            var before = failuresIn(realm).size();
            realm.realm().simulator().calls().reset();
            Page answer;
            boolean isIn;
            if (this == FORM) {
                var flow = realm.login();
                answer = post(flow, flow.begin(), login, password);
                isIn = flow.isDone(answer);
            } else {
                answer = realm.users().password(login, password);
                isIn = answer.status() == 200;
            }
            var failures = failuresIn(realm);
            return new PasswordAttempt(
                    answer,
                    isIn,
                    failures.subList(0, failures.size() - before),
                    realm.realm().simulator().calls().counts());
        }
    }

    /** {@return what Keycloak answers to its password form} */
    public static Page post(LoginFlow flow, Page form, String login, String password) {
        return flow.browser()
                .post(
                        form.formAction("#kc-form-login"),
                        Form.of("username", login).and("password", password));
    }

    private static List<JsonNode> failuresIn(PasswordRealm realm) {
        return realm.realm().events().stream()
                .filter(event -> event.path("type").asText().equals("LOGIN_ERROR"))
                .toList();
    }

    /** {@return the one event that tells of the failure} */
    public JsonNode failure() {
        assertThat(failures).as("one event tells of the failure").hasSize(1);
        return failures.get(0);
    }

    /** {@return how often Gigya was asked for the password} */
    public int logins() {
        return calls.getOrDefault("accounts.login", 0);
    }
}
