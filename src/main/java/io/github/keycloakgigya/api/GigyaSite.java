package io.github.keycloakgigya.api;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Gigya site: the accounts behind one API key.
 *
 * @param domain a host that serves its API
 * @param apiKey its API key, which is public
 */
public record GigyaSite(ApiDomain domain, String apiKey) {

    public GigyaSite {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(apiKey, "apiKey");
    }

    /** The domain that serves a site's API and its browser script: a data center's, or the customer's own. */
    public sealed interface ApiDomain {

        /** {@return the domain of a data center} */
        static ApiDomain of(DataCenter dataCenter) {
            return new DataCenterDomain(dataCenter);
        }

        /**
         * Names a custom API domain (CNAME), which replaces the whole host for API and script.
         *
         * @param authority {@code host} or {@code host:port}; a scheme, path, user or address literal is refused
         * @throws IllegalArgumentException whose message tells an administrator what is wrong
         */
        static ApiDomain custom(String authority) {
            return CustomDomain.parse(authority);
        }

        /** {@return the name that logs and caches know the domain by, such as {@code us1.gigya.com}} */
        String name();

        /** {@return whether it is a customer's own, and not a data center's} */
        boolean isCustom();

        /**
         * {@return where a method is called, such as {@code https://accounts.us1.gigya.com/accounts.getJWT}}
         *
         * @param method the full name, {@code namespace.method}
         */
        URI endpoint(String method);

        /** {@return the address of the browser script, without a query} */
        URI script();

        /**
         * {@return the issuer of a site's OpenID provider, below which its endpoints are}
         *
         * @param apiKey of the site
         */
        String openIdIssuer(String apiKey);

        /** {@return the sources that a Content-Security-Policy must allow for the browser script to work} */
        List<String> browserSources();

        /** A customer's own host, which serves API and script alike. */
        record CustomDomain(String authority) implements ApiDomain {

            // A letter begins the last label, so that no address literal is one. Names can
            // still lead anywhere: what keeps requests to https services with a trusted
            // certificate is TLS, and an operator can list the names that are allowed.
            private static final Pattern AUTHORITY = Pattern.compile(
                    "(?=.{1,253}(?::|$))([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
                            + "(:[1-9][0-9]{0,4})?",
                    Pattern.CASE_INSENSITIVE);

            private static final Pattern VENDORS =
                    Pattern.compile("(.*\\.)?(gigya\\.com|gigya-api\\.cn|sapcdm\\.cn)(:.*)?");

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

        /** Hosts of a data center: {@code <namespace>.<domain>} for the API, {@code cdns.<domain>} for the script. */
        record DataCenterDomain(DataCenter dataCenter) implements ApiDomain {

            public DataCenterDomain {
                Objects.requireNonNull(dataCenter, "dataCenter");
            }

            @Override
            public String name() {
                return dataCenter.apiDomain();
            }

            @Override
            public boolean isCustom() {
                return false;
            }

            @Override
            public URI endpoint(String method) {
                var namespace = method.substring(0, method.indexOf('.'));
                return URI.create("https://" + namespace + "." + name() + "/" + method);
            }

            @Override
            public URI script() {
                return URI.create("https://cdns." + name() + "/js/gigya.js");
            }

            @Override
            public String openIdIssuer(String apiKey) {
                return "https://fidm." + name() + "/oidc/op/v1.0/" + apiKey;
            }

            @Override
            public List<String> browserSources() {
                return List.of("https://*." + name());
            }
        }
    }

    /**
     * A data center that Gigya runs, and the API domain that serves the sites in it.
     *
     * @see <a href="https://help.sap.com/docs/SAP_CUSTOMER_DATA_CLOUD">SAP Customer Data Cloud, "Finding Your Data
     *     Center"</a>
     */
    public enum DataCenter {
        /** United States. */
        US1("us1.gigya.com"),
        /** Europe. */
        EU1("eu1.gigya.com"),
        /** Europe, on a second platform. */
        EU2("eu2.gigya.com"),
        /** Australia. */
        AU1("au1.gigya.com"),
        /** Russia. */
        RU1("ru1.gigya.com"),
        /** China, the only one outside {@code gigya.com}. */
        CN1("cn1.sapcdm.cn"),
        /** Global Access site groups. */
        GLOBAL("global.gigya.com");

        private final String apiDomain;

        DataCenter(String apiDomain) {
            this.apiDomain = apiDomain;
        }

        /** {@return the value of the setting {@code dataCenter}, such as {@code us1}} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** {@return the domain below which this data center's hosts live, such as {@code us1.gigya.com}} */
        public String apiDomain() {
            return apiDomain;
        }

        /**
         * Finds a data center by the value of the setting {@code dataCenter}.
         *
         * @param id such as {@code us1}; not null
         * @return empty where there is none of that id
         */
        public static Optional<DataCenter> ofId(String id) {
            return Arrays.stream(values())
                    .filter(dataCenter -> dataCenter.id().equals(id))
                    .findFirst();
        }

        /**
         * Finds a data center by its API domain.
         *
         * @param apiDomain such as {@code us1.gigya.com}; not null
         * @return empty where there is none of that domain
         */
        public static Optional<DataCenter> ofApiDomain(String apiDomain) {
            return Arrays.stream(values())
                    .filter(dataCenter -> dataCenter.apiDomain().equals(apiDomain))
                    .findFirst();
        }
    }
}
