package io.github.keycloakgigya.server;

import java.net.URI;
import java.util.Map;

/**
 * The step "Gigya login" as Keycloak shows it: the form that takes a proof, and what the page's script is told.
 *
 * @param action where a proof is posted to
 * @param settings the {@code data-} attributes that the script reads
 */
public record GigyaPage(URI action, Map<String, String> settings) {

    private static final String FORM = "form#gigya-proof";

    /** {@return whether a page is this step} */
    public static boolean isOn(Page page) {
        return page.has(FORM);
    }

    /**
     * {@return the step on a page}
     *
     * @throws AssertionError where the page is another one
     */
    public static GigyaPage of(Page page) {
        return new GigyaPage(page.formAction(FORM), page.data("#gigya"));
    }

    /** {@return the value that an {@code id_token} must have as its audience} */
    public String audience() {
        return settings.get("audience");
    }
}
