package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.inmemory.InMemorySessions;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

/** What becomes of sessions from before a new password, by whatever way Keycloak learns of that. */
class SessionsAfterNewPasswordTest {

    private static final String UID = "uid_ann";
    private static final Map<String, String> ON = Map.of("endSessionsOnPasswordChange", "true");

    private final Instant changed = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MILLIS);

    private Shop shop;
    private InMemoryUser ann;
    private InMemorySessions sessions;

    @Test
    void a_sign_in_that_reads_the_state_of_the_account_ends_them_and_keeps_since_when_the_password_is()
            throws Exception {
        signedIn(ON);
        var later = sessions.begin(ann, false, seconds(changed));

        signIn(true);
        shop.keycloak().commit();

        assertThat(sessions.open()).containsExactly(later);
        assertThat(ann.getFirstAttribute("gigya.passwordCreated")).isEqualTo(FederatedUser.text(changed));
        assertThat(shop.counted("keycloak.gigya.ended.sessions", "reason", "password_changed"))
                .isEqualTo(1);
    }

    @Test
    void a_sign_in_that_needs_nothing_but_a_token_makes_no_call_for_it_and_ends_nothing() throws Exception {
        signedIn(ON);

        signIn(false);

        assertThat(shop.gigya().calls()).containsExactly("getJwt");
        assertThat(sessions.open()).hasSize(1);
    }

    @Test
    void a_sign_in_that_asks_whether_an_address_is_verified_learns_of_the_password_by_the_way() throws Exception {
        signedIn(ON);
        ann.setEmailVerified(false);

        signIn(false);

        assertThat(shop.gigya().calls()).containsExactly("getJwt", "getAccountInfo");
        assertThat(sessions.open()).isEmpty();
    }

    @Test
    void the_browser_in_which_its_person_has_just_signed_in_goes_on_and_others_do_not() throws Exception {
        signedIn(ON);
        var login = shop.keycloak().login();
        var ofLogin = sessions.begin(ann, false, 1);
        var id = login.getParentSession().getId();
        when(ofLogin.getId()).thenReturn(id);

        signIn(true);

        assertThat(sessions.open()).containsExactly(ofLogin);
    }

    @Test
    void who_only_names_a_user_in_a_browser_that_is_signed_in_does_not_keep_its_session() throws Exception {
        signedIn(ON);
        var login = shop.keycloak().login();
        var stolen = sessions.begin(ann, false, 1);
        var id = login.getParentSession().getId();
        when(stolen.getId()).thenReturn(id);

        lookUp();

        assertThat(sessions.open()).isEmpty();
    }

    @Test
    void a_look_up_ends_them() throws Exception {
        signedIn(ON);

        lookUp();

        assertThat(sessions.open()).isEmpty();
        assertThat(ann.getFirstAttribute("gigya.passwordCreated")).isEqualTo(FederatedUser.text(changed));
    }

    @Test
    void a_password_that_is_known_ends_nothing_and_writes_nothing() throws Exception {
        signedIn(ON);
        signIn(true);
        var old = sessions.begin(ann, false, 1);
        var writes = ann.writes();

        signIn(true);

        assertThat(sessions.open()).containsExactly(old);
        assertThat(ann.writes()).isEqualTo(writes);
    }

    @Test
    void an_older_one_that_a_late_search_shows_is_neither_kept_nor_does_it_end_anything() throws Exception {
        signedIn(ON);
        signIn(true);
        var old = sessions.begin(ann, false, 1);
        shop.gigya().account(UID).withPasswordOf(changed.minusSeconds(60));

        lookUp();

        assertThat(sessions.open()).containsExactly(old);
        assertThat(ann.getFirstAttribute("gigya.passwordCreated")).isEqualTo(FederatedUser.text(changed));
    }

    @Test
    void a_password_from_the_future_ends_nothing() throws Exception {
        signedIn(ON);
        shop.gigya().account(UID).withPasswordOf(Instant.now().plusSeconds(60));

        signIn(true);

        assertThat(sessions.open()).hasSize(1);
        assertThat(ann.getFirstAttribute("gigya.passwordCreated")).isNull();
    }

    @Test
    void without_the_setting_nothing_of_a_password_is_kept_and_nothing_ends() throws Exception {
        signedIn(Map.of());

        signIn(true);
        lookUp();

        assertThat(sessions.open()).hasSize(1);
        assertThat(ann.getFirstAttribute("gigya.passwordCreated")).isNull();
    }

    @Test
    void of_a_user_who_is_not_imported_they_end_once_and_no_session_is_looked_for_again() throws Exception {
        remote();

        signIn(true);
        shop.keycloak().commit();
        assertThat(sessions.open()).isEmpty();
        assertThat(shop.keycloak().adminEvents())
                .allSatisfy(event -> assertThat(event.getResourcePath()).doesNotContain("uid"));

        sessions.asked().clear();
        signIn(true);
        assertThat(sessions.asked()).isEmpty();
    }

    @Test
    void who_is_linked_by_an_address_can_not_have_written_a_date_that_keeps_sessions() throws Exception {
        shop = Shop.federated(Map.of("endSessionsOnPasswordChange", "true", "existingUserPolicy", "linkVerifiedEmail"));
        shop.gigya().account(UID).withVerifiedEmail("ann@example.com");
        ann = shop.keycloak().addUser("1", "ann");
        ann.setEmail("ann@example.com");
        ann.setEmailVerified(true);
        ann.setSingleAttribute("gigya.passwordCreated", "999999999999999");

        signIn(false);

        assertThat(ann.getFirstAttribute("gigya.uid")).isEqualTo(UID);
        assertThat(ann.getFirstAttribute("gigya.passwordCreated")).isNull();
    }

    private void signedIn(Map<String, String> settings) {
        shop = Shop.federated(settings);
        openAccount();
        ann = shop.keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid(UID)), "ann@example.com");
        ann.setFederationLink(Shop.FEDERATION);
        ann.setSingleAttribute(FederatedUser.UID, UID);
        ann.setEmail("ann@example.com");
        ann.setEmailVerified(true);
        begin(ann);
    }

    private void remote() {
        var settings = new HashMap<>(ON);
        settings.put("importEnabled", "false");
        shop = Shop.federated(settings);
        openAccount();
        var user = mock(UserModel.class);
        when(user.getId())
                .thenReturn(new UserIds(Shop.FEDERATION).ofRemote(new Uid(UID)).orElseThrow());
        begin(user);
    }

    private void openAccount() {
        shop.gigya().account(UID).withVerifiedEmail("ann@example.com").withPasswordOf(changed);
    }

    private void begin(UserModel user) {
        sessions = shop.keycloak().userSessions();
        sessions.begin(user, false, seconds(changed) - 60);
    }

    private static int seconds(Instant moment) {
        return (int) moment.getEpochSecond();
    }

    /** @param readsState whether the door asks for the account's state before, as for a sign-in that has to be fresh */
    private void signIn(boolean readsState) throws Exception {
        var users = shop.users();
        var connection = users.federation.connect();
        if (readsState) {
            connection.accounts().state(new Uid(UID));
        }
        var account = connection.accounts().read(new Uid(UID), users.settings().fields());
        users.admit(users.find(new Uid(UID)), account, connection.accounts());
    }

    private void lookUp() throws Exception {
        var users = shop.users();
        var found = shop.gigya().search(null).accounts().get(0);
        assertThat(users.lookedUp(SeenAccount.found(found, Instant.now(), users.settings())))
                .isNotEqualTo(Optional.empty());
    }
}
