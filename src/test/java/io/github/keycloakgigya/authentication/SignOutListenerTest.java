package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.authentication.SignOutListenerFactory.SignOutListener;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/** Whose Gigya session ends with one of Keycloak's. */
class SignOutListenerTest {

    private final Shop shop = Shop.federated(Map.of());
    private final UserSessionProvider sessions = mock(UserSessionProvider.class);

    @BeforeEach
    void sign_in() {
        shop.gigya().account("uid_ann");
        shop.keycloak().provide(UserSessionProvider.class, sessions);
        var online = session(Shop.FEDERATION, "uid_ann");
        when(sessions.getUserSession(any(), eq("online"))).thenReturn(online);
        var offline = session(Shop.FEDERATION, "uid_ann");
        when(sessions.getOfflineUserSession(any(), eq("offline"))).thenReturn(offline);
        var foreign = mock(UserSessionModel.class);
        when(sessions.getUserSession(any(), eq("without gigya"))).thenReturn(foreign);
        var ofGoneFederation = session("gone", "uid_ann");
        when(sessions.getUserSession(any(), eq("of a federation that is gone"))).thenReturn(ofGoneFederation);
        var user = shop.keycloak().addUser("1", "ann");
        when(sessions.getUserSessionsStream(any(), eq(user))).thenAnswer(call -> Stream.of(online, foreign));
    }

    @Test
    void a_person_who_signs_out_is_signed_out_at_gigya_after_the_commit() {
        tell(logout("online"));
        assertThat(shop.gigya().calls()).isEmpty();

        shop.keycloak().commit();
        assertThat(shop.gigya().calls()).containsExactly("logout");
    }

    @Test
    void nobody_is_signed_out_at_gigya_where_keycloaks_own_sign_out_is_rolled_back() {
        tell(logout("online"));

        shop.session().getTransactionManager().setRollbackOnly();
        shop.keycloak().commit();

        assertThat(shop.gigya().calls()).isEmpty();
    }

    @Test
    void an_offline_session_counts_too() {
        tell(logout("offline"));

        assertSignOuts(1);
    }

    @Test
    void sessions_that_did_not_come_from_gigya_end_alone() {
        tell(logout("without gigya"));
        tell(logout("unknown"));
        tell(logout(null));
        tell(logout("of a federation that is gone"));
        var login = logout("online");
        login.setType(EventType.LOGIN);
        tell(login);

        assertSignOuts(0);
    }

    @Test
    void an_administrator_signs_a_user_out_of_all_sessions() {
        tell(OperationType.ACTION, "users/1/logout");

        assertSignOuts(1);
    }

    @Test
    void an_administrator_ends_one_session() {
        tell(OperationType.DELETE, "sessions/online");

        assertSignOuts(1);
    }

    @Test
    void sessions_that_ended_for_gigyas_own_reasons_sign_nobody_out_there() {
        var ended = event(OperationType.ACTION, "users/1/logout");
        ended.setAuthDetails(new AuthDetails());
        ended.setDetails(Map.of("gigya_reason", "password_changed"));
        tell(ended);

        assertSignOuts(0);
    }

    @Test
    void an_administrators_sign_out_counts_whatever_details_it_has() {
        var ended = event(OperationType.ACTION, "users/1/logout");
        var administrator = new AuthDetails();
        administrator.setUserId("the administrator");
        ended.setAuthDetails(administrator);
        ended.setDetails(Map.of("gigya_reason", "password_changed"));
        tell(ended);

        assertSignOuts(1);
    }

    @Test
    void nothing_else_that_administrators_do_signs_anybody_out() {
        tell(OperationType.ACTION, "users/1/reset-password");
        tell(OperationType.ACTION, "users/nobody/logout");
        tell(OperationType.ACTION, "sessions/online");
        tell(OperationType.DELETE, "users/1/logout");
        tell(OperationType.DELETE, "users/1");
        tell(OperationType.UPDATE, "sessions/online");
        tell(OperationType.DELETE, null);
        var failed = event(OperationType.DELETE, "sessions/online");
        failed.setError("refused");
        tell(failed);
        var elsewhere = event(OperationType.DELETE, "sessions/online");
        elsewhere.setRealmId("another");
        tell(elsewhere);

        assertSignOuts(0);
    }

    @Test
    void a_realm_without_a_federation_costs_no_transaction() {
        shop.realm().removeComponent(shop.realm().getComponent(Shop.FEDERATION));

        tell(logout("online"));

        assertSignOuts(0);
    }

    private void assertSignOuts(int count) {
        shop.keycloak().commit();
        assertThat(shop.gigya().calls()).hasSize(count).allMatch("logout"::equals);
    }

    private void tell(Event event) {
        new SignOutListener(shop.session()).onEvent(event);
    }

    private void tell(OperationType operation, String path) {
        tell(event(operation, path));
    }

    private void tell(AdminEvent event) {
        new SignOutListener(shop.session()).onEvent(event, false);
    }

    private AdminEvent event(OperationType operation, String path) {
        var event = new AdminEvent();
        event.setRealmId(shop.realm().getId());
        event.setOperationType(operation);
        event.setResourcePath(path);
        return event;
    }

    private Event logout(String sessionId) {
        var event = new Event();
        event.setRealmId(shop.realm().getId());
        event.setType(EventType.LOGOUT);
        event.setSessionId(sessionId);
        return event;
    }

    private static UserSessionModel session(String componentId, String uid) {
        var session = mock(UserSessionModel.class);
        when(session.getNote("gigya.federation")).thenReturn(componentId);
        when(session.getNote("gigya.uid")).thenReturn(uid);
        return session;
    }
}
