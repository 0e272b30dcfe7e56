package io.github.keycloakgigya.api;

import java.net.URI;
import java.util.List;

/** The domain that serves a site's API and its browser script: a data center's, or the customer's own. */
public sealed interface ApiDomain permits DataCenterDomain, CustomDomain {

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
}
