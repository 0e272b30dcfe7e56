package io.github.keycloakgigya.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.Settings;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundProfilesTest {

    private static final Map<String, Object> PLAIN = Map.of("profile", Map.of("email", "a@example.com"));
    private static final Map<String, Object> TOO_MUCH =
            Map.of("profile", Map.of("email", "b@example.com", "firstName", "x".repeat(70_000)));

    @Test
    void accounts_that_may_not_sign_in_are_told_though_they_can_not_be_written() throws Exception {
        var page = new SearchPage(
                List.of(
                        account("unfinished", true, false, PLAIN),
                        account("unfinished-inactive", false, false, PLAIN),
                        account("too-much", true, true, TOO_MUCH),
                        account("too-much-inactive", false, true, TOO_MUCH)),
                0,
                4,
                Optional.empty(),
                Instant.EPOCH);

        var profiles = new FoundProfiles(Settings.of(Map.of())).of(page);

        assertThat(profiles.toWrite()).isEmpty();
        assertThat(profiles.inactive())
                .extracting(InactiveAccount::uid)
                .containsExactly(new Uid("unfinished-inactive"), new Uid("too-much-inactive"));
    }

    @Test
    void an_account_whose_subscriptions_can_not_be_searched_for_counts_as_failed_and_the_others_are_written()
            throws Exception {
        var settings = Settings.of(
                Map.of("fieldMappings", "[{\"key\":\"subscriptions.news.email.isSubscribed\",\"value\":\"news\"}]"));
        var asked = account("uid", true, true, PLAIN).with(AccountSection.SUBSCRIPTIONS, Map.of());
        var page = new SearchPage(
                List.of(account("a\"b", true, true, PLAIN), asked), 0, 2, Optional.empty(), Instant.EPOCH);

        var profiles = new FoundProfiles(settings).of(page);

        assertThat(profiles.toWrite())
                .extracting(written -> written.profile().uid())
                .containsExactly(new Uid("uid"));
        assertThat(profiles.refused()).containsOnlyKeys(new Uid("a\"b"));
    }

    @Test
    void since_when_an_account_has_its_password_is_asked_and_kept_only_where_the_setting_says_so() throws Exception {
        var on = Settings.of(Map.of("endSessionsOnPasswordChange", "true"));
        var page = page("2026-11-24T11:00:00.500Z");

        assertThat(new FoundProfiles(on).query().fields()).contains("password.created");
        assertThat(kept(on, page)).containsExactly("1795518000500");
        assertThat(new FoundProfiles(Settings.of(Map.of())).query().fields()).doesNotContain("password.created");
        assertThat(kept(Settings.of(Map.of()), page)).isNull();
    }

    @Test
    void it_is_asked_for_too_where_passwords_are_to_be_taken_along() throws Exception {
        var along = Settings.of(Map.of("passwordTransfer", "atSignIn"));
        var profile = new FoundProfiles(along)
                .of(page("2026-11-24T11:00:00.500Z"))
                .toWrite()
                .get(0)
                .profile();

        assertThat(new FoundProfiles(along).query().fields()).contains("password.created");
        assertThat(profile.passwordSeen()).contains(Instant.ofEpochMilli(1795518000500L));
        assertThat(profile.attributes()).doesNotContainKeys("gigya.passwordCreated", "gigya.passwordSeen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "2026-11-24T12:00:01Z", "1969-01-01T00:00:00Z"})
    void a_time_that_is_none_or_still_to_come_is_not_kept(String created) throws Exception {
        var on = Settings.of(Map.of("endSessionsOnPasswordChange", "true"));

        assertThat(kept(on, page(created))).isNull();
    }

    private static List<String> kept(StorageSettings settings, SearchPage page) {
        return new FoundProfiles(settings)
                .of(page)
                .toWrite()
                .get(0)
                .profile()
                .attributes()
                .get(FederatedUser.PASSWORD_CREATED);
    }

    private static SearchPage page(String passwordCreated) {
        var sections = Map.<String, Object>of(
                "profile", Map.of("email", "a@example.com"), "password", Map.of("created", passwordCreated));
        return new SearchPage(
                List.of(account("uid", true, true, sections)),
                0,
                1,
                Optional.empty(),
                Instant.parse("2026-11-24T12:00:00Z"));
    }

    private static FoundAccount account(String uid, boolean active, boolean registered, Map<String, Object> sections) {
        return new FoundAccount(new Uid(uid), active, registered, Set.of(), Set.of(), Optional.empty(), sections);
    }
}
