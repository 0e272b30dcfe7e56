package io.github.keycloakgigya.federation.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.inmemory.InMemorySessions;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.message.BasicStatusLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.LoginProtocolFactory;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.AuthenticationSessionProvider;
import org.keycloak.sessions.RootAuthenticationSessionModel;

class SessionEndTest {

    private final Shop shop = Shop.federated(Map.of());
    private final InMemorySessions sessions = shop.keycloak().userSessions();
    private final InMemoryUser user = shop.keycloak().addUser("1", "ann");
    private final ClientModel app = shop.keycloak().client("app");
    private final CloseableHttpClient http = mock(CloseableHttpClient.class);
    private final AuthenticationSessionModel logout = mock(AuthenticationSessionModel.class);

    @BeforeEach
    void have_a_client_that_wants_to_be_told() throws Exception {
        when(app.isEnabled()).thenReturn(true);
        shop.keycloak().context().setClient(app);
        var answer = mock(CloseableHttpResponse.class);
        when(answer.getStatusLine()).thenReturn(new BasicStatusLine(HttpVersion.HTTP_1_1, 200, "OK"));
        when(http.execute(any(HttpUriRequest.class))).thenReturn(answer);
        var client = mock(HttpClientProvider.class);
        when(client.getHttpClient()).thenReturn(http);
        shop.keycloak().provide(HttpClientProvider.class, client);
        shop.keycloak().provideFactory(LoginProtocol.class, protocols());
        shop.keycloak().provide(AuthenticationSessionProvider.class, logins());
    }

    @Test
    void every_session_of_the_user_ends_online_or_offline_and_nobody_elses() {
        sessions.begin(user, false, 1, app);
        sessions.begin(user, true, 1, app);
        var others = sessions.begin(shop.keycloak().addUser("2", "bob"), false, 1, app);

        end().of(user, EndReason.DISABLED);

        assertThat(sessions.open()).containsExactly(others);
    }

    @Test
    void tokens_from_before_are_worth_nothing_also_of_a_user_without_sessions() {
        var before = now();

        end().of(user, EndReason.DISABLED);

        assertThat(notBefore()).isBetween(before, now());
    }

    @Test
    void clients_are_told_by_keycloaks_logout_but_not_before_the_transaction_is_committed() throws Exception {
        sessions.begin(user, false, 1, app);

        end().of(user, EndReason.DISABLED);
        verify(http, never()).execute(any(HttpUriRequest.class));
        shop.keycloak().commit();

        verify(http, timeout(10_000)).execute(any(HttpUriRequest.class));
    }

    @Test
    void where_the_transaction_is_rolled_back_nobody_is_told_anything() {
        sessions.begin(user, false, 1, app);

        end().of(user, EndReason.DISABLED);
        shop.session().getTransactionManager().setRollbackOnly();
        shop.keycloak().commit();

        assertThat(shop.keycloak().adminEvents()).isEmpty();
        assertThat(shop.counted("keycloak.gigya.ended.sessions", "reason", "disabled"))
                .isZero();
    }

    @Test
    void an_admin_event_and_a_metric_tell_how_many_ended_and_why() {
        sessions.begin(user, false, 1, app);
        sessions.begin(user, true, 1, app);

        end().of(user, "a name for events", EndReason.MERGED);
        shop.keycloak().commit();

        assertThat(shop.keycloak().adminEvents()).singleElement().satisfies(event -> {
            assertThat(event.getResourcePath()).isEqualTo("users/a name for events/logout");
            assertThat(event.getDetails()).isEqualTo(Map.of("gigya_reason", "merged", "gigya_sessions", "2"));
        });
        assertThat(shop.counted("keycloak.gigya.ended.sessions", "reason", "merged"))
                .isEqualTo(2);
    }

    @Test
    void the_login_that_the_request_belongs_to_goes_on() {
        var login = shop.keycloak().login();
        sessions.begin(user, false, 1, app);

        end().of(user, EndReason.DISABLED);

        assertThat(shop.keycloak().context().getAuthenticationSession()).isSameAs(login);
        assertThat(sessions.open()).isEmpty();
    }

    @Test
    void sessions_that_began_later_stay_where_only_earlier_ones_are_to_end() {
        var changed = Instant.now().minusSeconds(100);
        sessions.begin(user, false, (int) changed.getEpochSecond() - 4, app);
        var later = sessions.begin(user, false, (int) changed.getEpochSecond() - 3, app);

        end().begunBefore(changed, user, EndReason.PASSWORD_CHANGED);

        assertThat(sessions.open()).containsExactly(later);
        assertThat(notBefore()).isEqualTo((int) changed.getEpochSecond() - 3);
    }

    @Test
    void a_moment_from_the_future_makes_nothing_worthless_that_is_still_to_come() {
        end().begunBefore(Instant.now().plusSeconds(3_600), user, EndReason.PASSWORD_CHANGED);

        assertThat(notBefore()).isLessThanOrEqualTo(now());
    }

    @Test
    void what_is_worthless_already_stays_so() {
        end().of(user, EndReason.DISABLED);
        var worthless = notBefore();

        end().begunBefore(Instant.EPOCH.plusSeconds(100), user, EndReason.PASSWORD_CHANGED);

        assertThat(notBefore()).isEqualTo(worthless);
    }

    @Test
    void who_is_known_to_have_no_sessions_is_not_looked_for() {
        SessionEnd.sparing(Set.of(user.getId()), shop.session(), shop.realm()).of(user, EndReason.DISABLED);

        assertThat(sessions.asked()).isEmpty();
        assertThat(notBefore()).isPositive();
    }

    @Test
    void a_session_whose_clients_cannot_be_told_ends_nevertheless() {
        shop.keycloak().provide(AuthenticationSessionProvider.class, mock(AuthenticationSessionProvider.class));
        sessions.begin(user, false, 1, app);
        sessions.begin(user, true, 1, app);

        end().of(user, EndReason.DELETED);

        assertThat(sessions.open()).isEmpty();
    }

    private SessionEnd end() {
        return new SessionEnd(shop.session(), shop.realm());
    }

    private static int now() {
        return (int) Instant.now().getEpochSecond();
    }

    private int notBefore() {
        return shop.session().users().getNotBeforeOfUser(shop.realm(), user);
    }

    // Posts through the session that Keycloak's logout works with, as that of OpenID Connect does.
    private static LoginProtocolFactory protocols() {
        var factory = mock(LoginProtocolFactory.class);
        when(factory.getId()).thenReturn("openid-connect");
        when(factory.create(any())).thenAnswer(created -> {
            KeycloakSession session = created.getArgument(0);
            var protocol = mock(LoginProtocol.class);
            when(protocol.setRealm(any())).thenReturn(protocol);
            when(protocol.setHttpHeaders(any())).thenReturn(protocol);
            when(protocol.setUriInfo(any())).thenReturn(protocol);
            when(protocol.backchannelLogout(any(), any(AuthenticatedClientSessionModel.class)))
                    .thenAnswer(call -> {
                        var post = new HttpPost(URI.create("https://app.example.com/logout"));
                        post.setEntity(new StringEntity("logout_token=token"));
                        session.getProvider(HttpClientProvider.class)
                                .getHttpClient()
                                .execute(post)
                                .close();
                        return null;
                    });
            return protocol;
        });
        return factory;
    }

    private AuthenticationSessionProvider logins() {
        var root = mock(RootAuthenticationSessionModel.class);
        when(root.getId()).thenReturn("root of the logout");
        when(root.createAuthenticationSession(any())).thenReturn(logout);
        when(logout.getParentSession()).thenReturn(root);
        var notes = new HashMap<String, String>();
        when(logout.getAuthNote(anyString())).thenAnswer(call -> notes.get(call.<String>getArgument(0)));
        var logins = mock(AuthenticationSessionProvider.class);
        when(logins.createRootAuthenticationSession(any())).thenReturn(root);
        return logins;
    }
}
