package io.github.keycloakgigya.api;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A customer's own host, which serves API and script alike. */
record CustomDomain(String authority) implements ApiDomain {

    // A letter begins the last label, so that no address literal is one. Names can
    // still lead anywhere: what keeps requests to https services with a trusted
    // certificate is TLS, and an operator can list the names that are allowed.
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?=.{1,253}(?::|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
                    + "(:[1-9][0-9]{0,4})?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern VENDORS = Pattern.compile("(.*\\.)?(gigya\\.com|gigya-api\\.cn|sapcdm\\.cn)(:.*)?");

    static CustomDomain parse(String authority) {
        if (!AUTHORITY.matcher(authority).matches() || portOf(authority) > 65_535) {
            throw new IllegalArgumentException(
                    "a custom API domain is a host name with an optional port, such as login.example.com");
        }
        var lowerCase = authority.toLowerCase(Locale.ROOT);
        if (VENDORS.matcher(lowerCase).matches()) {
            throw new IllegalArgumentException(
                    "a host name of Gigya's own belongs to a data center: choose that instead");
        }
        return new CustomDomain(
                lowerCase.endsWith(":443") ? lowerCase.substring(0, lowerCase.length() - 4) : lowerCase);
    }

    private static int portOf(String authority) {
        int colon = authority.indexOf(':');
        return colon < 0 ? 443 : Integer.parseInt(authority.substring(colon + 1));
    }

    @Override
    public String name() {
        return authority;
    }

    @Override
    public boolean isCustom() {
        return true;
    }

    @Override
    public URI endpoint(String method) {
        return URI.create("https://" + authority + "/" + method);
    }

    @Override
    public URI script() {
        return URI.create("https://" + authority + "/js/gigya.js");
    }

    @Override
    public String openIdIssuer(String apiKey) {
        return "https://" + authority + "/oidc/op/v1.0/" + apiKey;
    }

    @Override
    public List<String> browserSources() {
        return List.of("https://" + authority);
    }
}
