package io.github.keycloakgigya.settings.connector;

import io.github.keycloakgigya.api.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.settings.SiteSettings;
import java.util.Set;
import org.keycloak.Config;

/**
 * The custom API domains that publish their own signing keys, as the operator of a server says: the simulator's, and those
 * of networks from which no data center can be reached.
 *
 * <p>At all others, whoever answers at the name (a CNAME that was left behind, a proxy of somebody's) must sign nobody in.
 * Keys from Gigya's own host are not enough for that: an answer of {@code accounts.login} is not signed, requests that are
 * authorised by {@code secret} or {@code bearer} hand out what others can be authorised by, and all of them can be passed
 * on to Gigya. So this server sends such a domain nothing at all and asks the site's data center, which serves every site
 * that it holds, whatever name browsers know it by.
 */
record KeyDomains(ListedDomains listed) {

    /** The option {@code --spi-gigya-connector--pooled--key-domains}, a list with commas. */
    static final String OPTION = "keyDomains";

    /** {@return what the server's options say; a name that is no host stops the server from starting} */
    static KeyDomains of(Config.Scope options) {
        return new KeyDomains(ListedDomains.of(options, OPTION).orElseGet(() -> new ListedDomains(Set.of())));
    }

    /** {@return a site at the host whose word about it counts} */
    GigyaSite trusted(SiteSettings settings) {
        var site = settings.site();
        return !site.domain().isCustom() || listed.contain(site.domain())
                ? site
                : new GigyaSite(ApiDomain.of(settings.dataCenter()), site.apiKey());
    }
}
