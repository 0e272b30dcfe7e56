package io.github.keycloakgigya.inmemory;

import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;

/** The realm "shop" on a server with this extension, and a site at Gigya. */
public final class Shop {

    /** The id of the user federation. */
    public static final String FEDERATION = "federation-of-shop";

    private final InMemoryKeycloak keycloak = new InMemoryKeycloak();
    private final InMemoryGigya gigya = new InMemoryGigya();

    private final InMemoryConnector connector = gigya.connector();

    private Shop() {
        keycloak.provide(GigyaConnector.class, connector);
        keycloak.provideFactory(UserStorageProvider.class, new GigyaUserStorageProviderFactory());
        keycloak.provideCache();
    }

    /** {@return a realm with a user federation of the site} */
    public static Shop federated(Map<String, String> settings) {
        var shop = new Shop();
        shop.federation(settings);
        return shop;
    }

    /** {@return a realm without any user federation} */
    public static Shop plain() {
        return new Shop();
    }

    /** Adds the user federation, or changes its settings. */
    public ComponentModel federation(Map<String, String> settings) {
        return keycloak.federation(FEDERATION, "gigya", InMemoryGigya.settings(settings));
    }

    /** {@return an identity provider of the site, which is there from now on} */
    public IdentityProviderModel identityProvider(String alias, Map<String, String> settings) {
        var provider = new IdentityProviderModel();
        provider.setInternalId("id of " + alias);
        provider.setAlias(alias);
        provider.setProviderId("gigya");
        provider.setEnabled(true);
        provider.setConfig(new HashMap<>(InMemoryGigya.settings(settings)));
        provider.getConfig().put("clientId", provider.getConfig().remove("apiKey"));
        provider.getConfig().put("clientSecret", provider.getConfig().remove("secret"));
        return keycloak.identityProviders().create(provider);
    }

    /** {@return how often this node counted something} */
    public double counted(String name, String... tags) {
        return connector.counted(name, tags);
    }

    public InMemoryKeycloak keycloak() {
        return keycloak;
    }

    public InMemoryGigya gigya() {
        return gigya;
    }

    public KeycloakSession session() {
        return keycloak.session();
    }

    public RealmModel realm() {
        return keycloak.realm();
    }

    /** {@return the users of the federation} */
    public GigyaUsers users() throws Exception {
        return new GigyaFederations(session(), realm()).users(Optional.of(FEDERATION));
    }
}
