package io.github.keycloakgigya.federation.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.Settings;
import io.github.keycloakgigya.monitoring.Meters;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.GigyaConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.Token;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;

class AccountSearchTest {

    private static final int AT_ONCE = 50;
    private static final Identifier PHONE = new Identifier("_phoneNumber", "+491701234567");
    private static final String SIGN_IN = "/realms/shop/login-actions/authenticate";
    private static final String REGISTRATION = "/realms/shop/login-actions/registration";

    private final Clock clock = mock(Clock.class);
    private final GigyaApi gigya = mock(GigyaApi.class);
    private final CallObserver calls = mock(CallObserver.class);
    private final KeycloakContext context = mock(KeycloakContext.class);
    private final UnknownNames unknown = new UnknownNames(clock);
    private final Map<String, Object> attributes = new HashMap<>();
    private Federation federation;
    private int names;

    @BeforeEach
    void have_an_empty_site() throws Exception {
        federation = federation("federation");
        when(clock.instant()).thenReturn(Instant.EPOCH);
        at(SIGN_IN);
        gigyaFinds();
    }

    @Test
    void of_many_names_that_nobody_has_fifty_are_asked_for_at_once_and_then_one_a_second() throws Exception {
        askFor(300);
        verify(gigya, times(AT_ONCE)).search(any());
        verify(calls, times(300 - AT_ONCE)).withheld(ApiMethod.SEARCH);

        when(clock.instant()).thenReturn(Instant.EPOCH.plusSeconds(2));
        askFor(300);

        verify(gigya, times(AT_ONCE + 2)).search(any());
    }

    @Test
    void names_of_users_do_not_count() throws Exception {
        gigyaFinds(account("ann@example.com"));
        for (int time = 0; time < 2 * AT_ONCE; time++) {
            var search = search();
            assertThat(search.named("ann@example.com")).hasSize(1);
            search.known("ann@example.com");
        }

        gigyaFinds();
        askFor(AT_ONCE + 10);

        verify(gigya, times(3 * AT_ONCE)).search(any());
    }

    @Test
    void a_name_that_led_to_a_user_lately_is_asked_for_while_others_are_not() throws Exception {
        gigyaFinds(account("ann@example.com"));
        var search = search();
        search.named("ann@example.com");
        search.known("ann@example.com");
        gigyaFinds();
        askFor(300);

        gigyaFinds(account("ann@example.com"));

        assertThat(search().named("ann@example.com")).hasSize(1);
    }

    @Test
    void an_account_that_becomes_no_user_counts_as_unknown() throws Exception {
        for (int name = 0; name < AT_ONCE; name++) {
            gigyaFinds(account("unfinished" + name + "@example.com"));
            assertThat(search().named("unfinished" + name + "@example.com")).hasSize(1);
        }

        gigyaFinds(account("ann@example.com"));

        assertThat(search().named("ann@example.com")).isEmpty();
    }

    @Test
    void failures_of_gigya_do_not_count() throws Exception {
        when(gigya.search(any())).thenThrow(GigyaException.unavailable("slow"));
        for (int name = 0; name < 2 * AT_ONCE; name++) {
            assertThatThrownBy(() -> search().named("ann@example.com")).isInstanceOf(GigyaException.class);
        }

        verify(gigya, times(2 * AT_ONCE)).search(any());
    }

    @Test
    void a_name_that_was_not_asked_for_is_free_for_nobody() throws Exception {
        askFor(300);

        at(REGISTRATION);

        assertThatThrownBy(() -> search().named("ann@example.com"))
                .isInstanceOfSatisfying(
                        GigyaException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE));
    }

    @Test
    void a_name_that_was_not_asked_for_is_not_remembered_as_unknown() throws Exception {
        askFor(300);
        gigyaFinds(account("ann@example.com"));
        assertThat(search().named("ann@example.com")).isEmpty();

        when(clock.instant()).thenReturn(Instant.EPOCH.plusSeconds(1));

        assertThat(search().named("ann@example.com")).hasSize(1);
    }

    @Test
    void administrators_ask_as_often_as_need_be() throws Exception {
        askFor(300);
        at("/admin/realms/shop/users");
        when(context.getBearerToken()).thenReturn(mock(Token.class));

        askFor(300);

        verify(gigya, times(AT_ONCE + 300)).search(any());
    }

    @Test
    void a_phone_number_that_nobody_has_costs_one_question_for_a_while() throws Exception {
        nobodyHasIdentifiers();

        assertThat(search().identified(PHONE)).isEmpty();
        assertThat(search().identified(PHONE)).isEmpty();

        verify(gigya, times(1)).find(any(), any());
    }

    @Test
    void made_up_phone_numbers_and_names_share_one_budget() throws Exception {
        nobodyHasIdentifiers();
        for (int number = 0; number < 300; number++) {
            assertThat(search().identified(new Identifier("_phoneNumber", "+49170" + (1_000_000 + number))))
                    .isEmpty();
        }
        askFor(10);

        verify(gigya, times(AT_ONCE)).find(any(), any());
        verify(gigya, times(0)).search(any());
        verify(calls, times(300 - AT_ONCE)).withheld(ApiMethod.FIND_ACCOUNT);
    }

    @Test
    void a_phone_number_of_a_user_does_not_count_nor_does_that_it_is_no_name() throws Exception {
        when(gigya.find(any(), any()))
                .thenReturn(new SearchPage(List.of(account("ann@example.com")), 0, 1, Optional.empty(), Instant.EPOCH));
        for (int time = 0; time < 2 * AT_ONCE; time++) {
            var search = search();
            search.named(PHONE.value());
            assertThat(search.identified(PHONE)).hasSize(1);
            search.known(PHONE, PHONE.value());
        }

        askFor(AT_ONCE + 10);

        verify(gigya, times(AT_ONCE + 1)).search(any());
    }

    @Test
    void an_outage_is_not_taken_for_nobody() throws Exception {
        when(gigya.find(any(), any())).thenThrow(GigyaException.unavailable("slow"));

        assertThatThrownBy(() -> search().identified(PHONE)).isInstanceOf(GigyaException.class);
    }

    private void nobodyHasIdentifiers() throws GigyaException {
        when(gigya.find(any(), any()))
                .thenThrow(GigyaException.answered(FailureKind.ACCOUNT_NOT_FOUND, "nobody", 403005, "call-id"));
    }

    @Test
    void each_federation_has_names_of_its_own() throws Exception {
        askFor(300);

        new AccountSearch(federation("another"), unknown).named("ann@example.com");

        verify(gigya, times(AT_ONCE + 1)).search(any());
    }

    private void askFor(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            search().named("made.up." + names++ + "@example.com");
        }
    }

    /** {@return the search of a request of its own} */
    private AccountSearch search() {
        attributes.clear();
        return new AccountSearch(federation, unknown);
    }

    private Federation federation(String id) throws Exception {
        var session = mock(KeycloakSession.class);
        var connector = mock(GigyaConnector.class);
        var meters = mock(Meters.class);
        var component = mock(ComponentModel.class);
        var realm = mock(RealmModel.class);
        when(session.getContext()).thenReturn(context);
        when(session.getProvider(GigyaConnector.class)).thenReturn(connector);
        when(session.getAttribute(anyString(), any())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        when(connector.meters()).thenReturn(meters);
        when(meters.calls()).thenReturn(calls);
        when(connector.connect(any())).thenReturn(new GigyaConnection(null, gigya, null, null, null, null));
        when(component.getId()).thenReturn(id);
        when(realm.getId()).thenReturn("realm");
        return new Federation(session, realm, component, Settings.of(Map.of()));
    }

    private void at(String path) {
        var uri = mock(KeycloakUriInfo.class);
        when(uri.getPath()).thenReturn(path);
        when(context.getUri()).thenReturn(uri);
    }

    private void gigyaFinds(FoundAccount... accounts) throws GigyaException {
        when(gigya.search(any()))
                .thenReturn(new SearchPage(List.of(accounts), 0, accounts.length, Optional.empty(), Instant.EPOCH));
    }

    private static FoundAccount account(String email) {
        return new FoundAccount(
                new Uid("uid"),
                true,
                true,
                Set.of(email),
                Set.of(email),
                Optional.empty(),
                Map.of("profile", Map.of("email", email)));
    }
}
