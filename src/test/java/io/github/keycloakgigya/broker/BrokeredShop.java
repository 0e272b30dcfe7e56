package io.github.keycloakgigya.broker;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.importer.GigyaAccountImporter;
import io.github.keycloakgigya.broker.mapper.GigyaAttributeMapper;
import io.github.keycloakgigya.broker.mapper.GigyaGroupMapper;
import io.github.keycloakgigya.broker.mapper.GigyaMapper;
import io.github.keycloakgigya.broker.mapper.GigyaRoleMapper;
import io.github.keycloakgigya.broker.mapper.GigyaUsernameMapper;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn;
import io.github.keycloakgigya.broker.signin.BrokeredSignIn.LoginDemands;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityProviderMapper;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderMapperSyncMode;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.cors.Cors;

/** The realm "shop" with the identity provider "gigya-idp" of the site. */
public final class BrokeredShop {

    public static final String ALIAS = "gigya-idp";

    private final Shop shop;
    private final IdentityProviderModel model;
    private GigyaIdentityProvider provider;

    private BrokeredShop(Shop shop, Map<String, String> settings) {
        this.shop = shop;
        this.model = shop.identityProvider(ALIAS, settings);
        var cors = mock(Cors.class);
        when(cors.add(any(ResponseBuilder.class)))
                .thenAnswer(call -> call.<ResponseBuilder>getArgument(0).build());
        shop.keycloak().provide(Cors.class, cors);
        for (var mapper : new GigyaMapper[] {
            new GigyaRoleMapper(),
            new GigyaGroupMapper(),
            new GigyaAttributeMapper(),
            new GigyaUsernameMapper(),
            new GigyaAccountImporter()
        }) {
            shop.keycloak().provideFactory(IdentityProviderMapper.class, mapper);
        }
    }

    /** {@return a realm without a user federation} */
    public static BrokeredShop plain(Map<String, String> settings) {
        return new BrokeredShop(Shop.plain(), settings);
    }

    /** {@return a realm with a user federation of the same site} */
    public static BrokeredShop federated(Map<String, String> federation) {
        return new BrokeredShop(Shop.federated(federation), Map.of());
    }

    public Shop shop() {
        return shop;
    }

    public IdentityProviderModel model() {
        return model;
    }

    public GigyaIdentityProvider provider() {
        if (provider == null) {
            provider = new GigyaIdentityProviderFactory().create(shop.session(), model);
        }
        return provider;
    }

    /** Ends the request, so that the next one reads the settings again. */
    public void commit() {
        shop.keycloak().commit();
        provider = null;
    }

    public BrokeredSignIn signIn() throws Exception {
        return new BrokeredSignIn(shop.session(), shop.realm(), provider().context(), Clock.systemUTC());
    }

    public BrokeredIdentityContext signIn(String uid) throws Exception {
        return signIn(uid, LoginDemands.none());
    }

    public BrokeredIdentityContext signIn(String uid, LoginDemands demands) throws Exception {
        return signIn().account(new Uid(uid), demands);
    }

    public InMemoryUser linkedUser(String id, String username, String uid) {
        var user = shop.keycloak().addUser(id, username);
        shop.keycloak().link(user, ALIAS, uid);
        return user;
    }

    /** {@return the UID of the account that a user is linked to; null where there is none} */
    public String linkOf(UserModel user) {
        var link = shop.session().users().getFederatedIdentity(shop.realm(), user, ALIAS);
        return link == null ? null : link.getUserId();
    }

    public IdentityProviderMapperModel mapper(String type, Map<String, String> settings) {
        return mapper(ALIAS, type, settings);
    }

    public IdentityProviderMapperModel mapper(String alias, String type, Map<String, String> settings) {
        var mapper = new IdentityProviderMapperModel();
        mapper.setId("id of " + type);
        mapper.setName("my " + type);
        mapper.setIdentityProviderAlias(alias);
        mapper.setIdentityProviderMapper(type);
        mapper.setConfig(new HashMap<>(settings));
        mapper.setSyncMode(IdentityProviderMapperSyncMode.FORCE);
        return shop.keycloak().identityProviders().createMapper(mapper);
    }

    public static void assertRefused(ThrowingCallable signIn, SignInError error) {
        Assertions.assertThatThrownBy(signIn)
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refused -> Assertions.assertThat(refused.error()).isEqualTo(error));
    }
}
