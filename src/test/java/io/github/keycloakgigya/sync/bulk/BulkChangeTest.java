package io.github.keycloakgigya.sync.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.FakeAddresses;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.Settings;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserModel;

class BulkChangeTest {

    private static final Instant READ_AT = Instant.parse("2026-11-24T12:00:00Z");

    private final UserModel user = mock(UserModel.class);
    private final SessionEnd sessions = mock(SessionEnd.class);

    @BeforeEach
    void a_user() {
        when(user.getUsername()).thenReturn("ann");
        when(user.isEnabled()).thenReturn(true);
        when(user.getFirstName()).thenReturn("Ann");
    }

    @Test
    void the_same_needs_no_change() throws Exception {
        assertThat(change("Ann", true, Optional.empty()).isNeededBy(user)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // As of when a sign-in wrote, when the account changed, and whether the search may write.
        "2026-11-24T11:54:59Z, 2026-11-24T11:00:00Z, true",
        "2026-11-24T11:55:01Z, 2026-11-24T11:00:00Z, false",
        "2026-11-24T12:00:10Z, 2026-11-24T11:00:00Z, false",
        "2026-11-24T11:58:00Z, 2026-11-24T11:58:00Z, false",
        "2026-11-24T11:58:00Z, 2026-11-24T11:58:00.001Z, true",
        "2026-11-24T11:58:00Z, , false"
    })
    void a_sign_in_of_the_last_minutes_knew_better(Instant asOf, Instant changed, boolean writes) throws Exception {
        when(user.getFirstAttribute(FederatedUser.AS_OF)).thenReturn(FederatedUser.text(asOf));

        assertThat(change("Anna", true, Optional.ofNullable(changed)).isNeededBy(user))
                .isEqualTo(writes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-1", "99999999999999999999"})
    void a_time_that_is_none_keeps_nothing_away(String asOf) throws Exception {
        when(user.getFirstAttribute(FederatedUser.AS_OF)).thenReturn(asOf);

        assertThat(change("Anna", true, Optional.empty()).isNeededBy(user)).isTrue();
    }

    @Test
    void an_account_that_is_not_active_disables_with_the_mark_and_ends_the_sessions_before() throws Exception {
        change("Ann", false, Optional.empty()).write(user, sessions);

        var inOrder = inOrder(sessions, user);
        inOrder.verify(sessions).of(user, EndReason.DISABLED);
        inOrder.verify(user).setEnabled(false);
        verify(user).setSingleAttribute(FederatedUser.MISSING, "true");
    }

    @Test
    void the_mark_goes_when_the_account_is_active_again() throws Exception {
        when(user.isEnabled()).thenReturn(false);
        when(user.getFirstAttribute(FederatedUser.MISSING)).thenReturn("true");

        change("Ann", true, Optional.empty()).write(user, sessions);

        verify(user).setEnabled(true);
        verify(user).removeAttribute(FederatedUser.MISSING);
    }

    @Test
    void a_user_disabled_without_the_mark_stays_disabled() throws Exception {
        when(user.isEnabled()).thenReturn(false);

        change("Ann", true, Optional.empty()).write(user, sessions);

        verify(user, never()).setEnabled(anyBoolean());
    }

    @Test
    void a_newer_password_ends_the_sessions_from_before_and_is_kept() throws Exception {
        var set = READ_AT.minusSeconds(60);
        when(user.getFirstAttribute(FederatedUser.PASSWORD_CREATED)).thenReturn("1");

        changeOfPassword(set).write(user, sessions);

        verify(sessions).begunBefore(set, user, EndReason.PASSWORD_CHANGED);
        verify(user).setAttribute(FederatedUser.PASSWORD_CREATED, List.of(FederatedUser.text(set)));
    }

    @Test
    void a_password_that_is_known_ends_nothing() throws Exception {
        var set = READ_AT.minusSeconds(60);
        when(user.getFirstAttribute(FederatedUser.PASSWORD_CREATED)).thenReturn(FederatedUser.text(set));

        assertThat(changeOfPassword(set).endsSessions(user)).isFalse();
        changeOfPassword(set).write(user, sessions);

        verify(sessions, never()).begunBefore(any(), any(), any());
    }

    private static BulkChange changeOfPassword(Instant set) throws Exception {
        var profile = new ImportedProfile(
                new Uid("uid"),
                "ann",
                Optional.empty(),
                false,
                Map.of(FederatedUser.PASSWORD_CREATED, List.of(FederatedUser.text(set))));
        return new BulkChange(
                new FoundProfile(profile, FakeAddresses.havingVerified(), true, Optional.empty(), READ_AT),
                Settings.of(Map.of()));
    }

    private static BulkChange change(String firstName, boolean active, Optional<Instant> lastUpdated) throws Exception {
        var profile = new ImportedProfile(
                new Uid("uid"), "ann", Optional.empty(), false, Map.of("firstName", List.of(firstName)));
        return new BulkChange(
                new FoundProfile(profile, FakeAddresses.havingVerified(), active, lastUpdated, READ_AT),
                Settings.of(Map.of()));
    }
}
