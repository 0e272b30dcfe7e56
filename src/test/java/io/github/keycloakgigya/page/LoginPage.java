package io.github.keycloakgigya.page;

import freemarker.cache.URLTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateMethodModelEx;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.keycloak.theme.beans.MessageFormatterMethod;

/** Renders {@code gigya-login.ftl} as Keycloak's {@code DefaultFreeMarkerProvider} does. */
final class LoginPage {

    static final String ACTION = "/realms/demo/login-actions/authenticate?execution=e1&tab_id=t1";
    static final String REFRESH = "/realms/demo/login-actions/authenticate?client_id=shop&tab_id=t1";
    static final String RESTART = "/realms/demo/login-actions/restart?client_id=shop&tab_id=t1";

    private final LoginTheme theme;
    private final Locale locale;
    private final Map<String, Object> gigya = new HashMap<>(Map.ofEntries(
            Map.entry("scriptUrl", "https://cdns.gigya.test/js/gigya.js"),
            Map.entry("apiKey", "4_demo"),
            Map.entry("screenSet", "Default-RegistrationLogin"),
            Map.entry("startScreen", "gigya-login-screen"),
            Map.entry("proof", "idToken"),
            Map.entry("audience", "audience-of-this-login"),
            Map.entry("tokenLifetime", 60),
            Map.entry("authFlow", "popup"),
            Map.entry("fresh", false),
            Map.entry("auto", true),
            Map.entry("again", false),
            Map.entry("loginHint", ""),
            Map.entry("signedInAs", ""),
            Map.entry("refreshUrl", REFRESH)));
    private final Map<String, Object> model = new HashMap<>();

    LoginPage(LoginTheme theme, Locale locale) {
        this.theme = theme;
        this.locale = locale;
        gigya.put("lang", locale.toLanguageTag());
    }

    LoginTheme theme() {
        return theme;
    }

    LoginPage with(String attribute, Object value) {
        gigya.put(attribute, value);
        return this;
    }

    LoginPage withError(String messageKey) {
        model.put("message", Map.of("type", "error", "summary", text(messageKey)));
        return this;
    }

    /** As where an earlier step of the flow, or Keycloak's own re-authentication, knows the user already. */
    LoginPage withUserKnownToLayout(String username) {
        model.put("auth", auth(username));
        return this;
    }

    String text(String messageKey) {
        return theme.messages(locale).getProperty(messageKey);
    }

    String html() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateLoader(new URLTemplateLoader() {
            @Override
            protected URL getURL(String name) {
                return theme.template(name);
            }
        });
        StringWriter html = new StringWriter();
        try {
            configuration.getTemplate("gigya-login.ftl", "UTF-8").process(completeModel(), html);
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException(e);
        }
        return html.toString();
    }

    private Map<String, Object> completeModel() {
        Map<String, Object> complete = new HashMap<>();
        complete.put("auth", auth(""));
        complete.putAll(model);
        complete.put("gigya", gigya);
        complete.put("properties", theme.properties());
        complete.put("msg", new MessageFormatterMethod(locale, theme.messages(locale)));
        complete.put("kcSanitize", (TemplateMethodModelEx)
                arguments -> arguments.get(0).toString());
        complete.put("lang", locale.toLanguageTag());
        complete.put("pageId", "gigya-login");
        complete.put("darkMode", "true".equals(theme.properties().get("darkMode")));
        complete.put(
                "realm",
                Map.of(
                        "internationalizationEnabled", false,
                        "loginWithEmailAllowed", false,
                        "displayNameHtml", "Demo shop"));
        complete.put(
                "url",
                Map.of(
                        "loginAction", ACTION,
                        "loginRestartFlowUrl", RESTART,
                        "ssoLoginInOtherTabsUrl", RESTART,
                        "resourcesPath", "/resources/abcde/login/" + theme.id(),
                        "resourcesCommonPath", "/resources/abcde/common/keycloak"));
        return complete;
    }

    private static Map<String, Object> auth(String username) {
        TemplateMethodModelEx known = arguments -> !username.isEmpty();
        TemplateMethodModelEx no = arguments -> false;
        return Map.of(
                "showUsername", known,
                "showResetCredentials", no,
                "showTryAnotherWayLink", no,
                "attemptedUsername", username);
    }
}
