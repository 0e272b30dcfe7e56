package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** With which session a request reads before a call to Gigya. */
class JpaBriefReadingTest {

    private static final String REALM = "realm-1";
    private static final String USER = "user-1";

    private final KeycloakSession session = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final KeycloakSession own = mock(KeycloakSession.class, RETURNS_DEEP_STUBS);
    private final RealmModel realm = mock(RealmModel.class);
    private final RealmModel ownRealm = mock(RealmModel.class);
    private final SharedSessionContractImplementor hibernate =
            mock(SharedSessionContractImplementor.class, RETURNS_DEEP_STUBS);
    private final JpaBriefReading reading = new JpaBriefReading(session, realm);

    @BeforeEach
    void a_request_in_a_realm() {
        var entities = mock(EntityManager.class);
        var connection = mock(JpaConnectionProvider.class);
        doReturn(connection).when(session).getProvider(JpaConnectionProvider.class);
        when(connection.getEntityManager()).thenReturn(entities);
        when(entities.unwrap(SharedSessionContractImplementor.class)).thenReturn(hibernate);
        when(session.getKeycloakSessionFactory().create()).thenReturn(own);
        when(realm.getId()).thenReturn(REALM);
        when(own.realms().getRealm(REALM)).thenReturn(ownRealm);
    }

    @Test
    void a_request_without_a_connection_reads_in_a_session_that_ends_at_once() {
        assertThat(reading.<Object>of((asked, in) -> asked == own && in == ownRealm ? "own" : "the request's"))
                .isEqualTo("own");

        verify(own).close();
    }

    @Test
    void a_request_with_a_connection_needs_no_second_one() {
        holdConnection();

        assertThat(reading.<Object>of((asked, in) -> asked == session && in == realm ? "the request's" : "own"))
                .isEqualTo("the request's");

        verify(session.getKeycloakSessionFactory(), never()).create();
    }

    @Test
    void a_user_who_is_found_apart_is_the_one_that_the_request_sees() {
        var found = mock(UserModel.class);
        var seen = mock(UserModel.class);
        when(found.getId()).thenReturn(USER);
        when(session.users().getUserById(realm, USER)).thenReturn(seen);

        assertThat(reading.user((asked, in) -> Optional.of(found))).containsSame(seen);
    }

    @Test
    void who_is_not_found_apart_is_not_looked_for_again() {
        assertThat(reading.user((asked, in) -> Optional.empty())).isEmpty();

        verify(session.users(), never()).getUserById(any(), any());
    }

    @Test
    void with_a_connection_the_request_finds_the_user_itself() {
        holdConnection();
        var found = mock(UserModel.class);

        assertThat(reading.user((asked, in) -> asked == session ? Optional.of(found) : Optional.empty()))
                .containsSame(found);
    }

    private void holdConnection() {
        when(hibernate.getJdbcCoordinator().getLogicalConnection().isPhysicallyConnected())
                .thenReturn(true);
    }
}
