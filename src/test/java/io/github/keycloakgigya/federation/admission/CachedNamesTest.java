package io.github.keycloakgigya.federation.admission;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.admission.Entrance.CachedNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.provider.ProviderFactory;

class CachedNamesTest {

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final UserCache byUsername = mock(UserCache.class);
    private final UserCache byEmail = mock(UserCache.class);

    @SuppressWarnings("unchecked")
    private final ProviderFactory<UserCache> factory = mock(ProviderFactory.class);

    @BeforeEach
    void have_a_cache() {
        var factories = mock(KeycloakSessionFactory.class);
        when(session.getKeycloakSessionFactory()).thenReturn(factories);
        when(factories.getProviderFactory(UserCache.class)).thenReturn(factory);
        when(factory.create(session)).thenReturn(byUsername, byEmail);
        when(realm.isLoginWithEmailAllowed()).thenReturn(true);
    }

    @Test
    void the_cache_takes_nothing_from_before_a_change_since_its_views_are_as_old_as_the_sign_in() {
        var names = new CachedNames(session, realm);
        verify(factory, times(2)).create(session);

        names.learn(user(CachedUserModel.class));

        verify(factory, times(2)).create(any());
    }

    @Test
    void each_name_is_learnt_in_a_view_that_holds_no_user() {
        new CachedNames(session, realm).learn(user(CachedUserModel.class));

        verify(byUsername).getUserByUsername(realm, "ann@example.com");
        verify(byEmail).getUserByEmail(realm, "ann@example.com");
    }

    @Test
    void a_name_that_is_no_address_is_learnt_as_a_name_only() {
        var user = user(CachedUserModel.class);
        when(user.getUsername()).thenReturn("@ann");

        new CachedNames(session, realm).learn(user);

        verify(byUsername).getUserByUsername(realm, "@ann");
        verifyNoInteractions(byEmail);
    }

    @Test
    void where_nobody_signs_in_by_address_no_address_is_learnt() {
        when(realm.isLoginWithEmailAllowed()).thenReturn(false);

        new CachedNames(session, realm).learn(user(CachedUserModel.class));

        verify(byUsername).getUserByUsername(realm, "ann@example.com");
        verifyNoInteractions(byEmail);
    }

    @Test
    void nothing_is_learnt_of_a_user_who_is_not_in_the_cache() {
        new CachedNames(session, realm).learn(user(UserModel.class));

        verifyNoInteractions(byUsername, byEmail);
    }

    @Test
    void a_server_without_a_cache_has_nothing_to_learn() {
        when(session.getKeycloakSessionFactory().getProviderFactory(UserCache.class))
                .thenReturn(null);

        new CachedNames(session, realm).learn(user(CachedUserModel.class));

        verifyNoInteractions(byUsername, byEmail);
    }

    private static <U extends UserModel> U user(Class<U> kind) {
        var user = mock(kind);
        when(user.getUsername()).thenReturn("ann@example.com");
        return user;
    }
}
