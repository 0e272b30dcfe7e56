package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.FakeAddresses;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.NameContest.Contested;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import io.github.keycloakgigya.federation.NameContest.UserConflicts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Whose an address is that two accounts of a site want. */
class NameContestTest {

    private static final String OURS = "federation";
    private static final String ADDRESS = "owner@example.com";
    private static final KnownAddresses OWNER = FakeAddresses.havingVerified(ADDRESS);
    private static final KnownAddresses CLAIMANT = FakeAddresses.havingLoginIds(ADDRESS);

    private final RealmModel realm = mock(RealmModel.class);
    private final UserProvider users = mock(UserProvider.class);

    @BeforeEach
    void people_may_type_their_address_to_sign_in() {
        when(realm.isLoginWithEmailAllowed()).thenReturn(true);
    }

    @ParameterizedTest
    @CsvSource({
        // The squatter's name and address.
        "squatter, owner@example.com",
        "owner@example.com, ",
        "owner@example.com, owner@example.com",
        "owner@example.com, squatter@example.com",
    })
    void who_verified_an_address_gets_it_from_who_only_holds_it(String name, String email) throws Exception {
        var squatter = user("1", name, email, false, OURS);

        var settled = settle(ofOwner(), OWNER);

        assertThat(settled.owner()).isEmpty();
        assertThat(settled.profile()).isEqualTo(ofOwner());
        assertThat(settled.lost()).isNotEmpty().allMatch(lost -> lost.holder() == squatter);
        assertThat(settled.lost()).allMatch(lost -> lost.name().equals(ADDRESS));
    }

    @Test
    void so_does_who_moves_to_it() throws Exception {
        var squatter = user("1", "squatter", ADDRESS, false, OURS);
        var own = user("2", "old@example.com", "old@example.com", true, OURS);

        var settled = contest(Map.of()).of(ofOwner(), OWNER, Optional.of(own));

        assertThat(settled.owner()).isEmpty();
        assertThat(settled.lost()).extracting(Contested::holder).containsOnly(squatter);
    }

    @Test
    void several_may_lose_it() throws Exception {
        user("1", "one", ADDRESS, false, OURS);
        user("2", ADDRESS, "two@example.com", true, OURS);

        var settled = settle(ofOwner(), OWNER);

        assertThat(settled.owner()).isEmpty();
        assertThat(settled.lost()).extracting(lost -> lost.holder().getId()).contains("1", "2");
    }

    @Test
    void of_two_who_verified_it_the_first_keeps_it() throws Exception {
        var first = user("1", ADDRESS, ADDRESS, true, OURS);

        assertThat(settle(ofOwner(), OWNER).owner()).contains(first);
    }

    @Test
    void who_did_not_verify_it_goes_by_the_uid_and_is_not_refused() throws Exception {
        user("1", ADDRESS, ADDRESS, true, OURS);

        var settled = settle(ofClaimant(), CLAIMANT);

        assertThat(settled.owner()).isEmpty();
        assertThat(settled.lost()).isEmpty();
        assertThat(settled.profile().username()).isEqualTo("uid");
        assertThat(settled.profile().email()).isEmpty();
    }

    @Test
    void of_two_who_did_not_verify_it_the_first_keeps_it_and_the_second_signs_in_too() throws Exception {
        user("1", ADDRESS, null, false, OURS);

        var settled = settle(ofClaimant(), CLAIMANT);

        assertThat(settled.owner()).isEmpty();
        assertThat(settled.lost()).isEmpty();
        assertThat(settled.profile().username()).isEqualTo("uid");
    }

    @ParameterizedTest
    @CsvSource({"another-federation", ","})
    void what_is_another_federations_or_keycloaks_own_is_never_taken(String federation) throws Exception {
        var local = user("1", ADDRESS, ADDRESS, false, federation);

        assertThat(settle(ofOwner(), OWNER).owner()).contains(local);
        assertThat(settle(ofClaimant(), CLAIMANT).owner()).contains(local);
    }

    @Test
    void a_name_that_is_no_address_belongs_to_who_came_first() throws Exception {
        var first = user("1", "bob", null, false, OURS);
        var wanted = new ImportedProfile(new Uid("uid"), "bob", Optional.of(ADDRESS), true, Map.of());

        assertThat(settle(wanted, OWNER).owner()).contains(first);
    }

    @Test
    void a_uid_that_looks_like_the_address_is_not_taken() throws Exception {
        var holder = user("1", ADDRESS, null, false, OURS);
        when(holder.getFirstAttribute(FederatedUser.UID)).thenReturn("Owner@example.com");

        assertThat(settle(ofOwner(), OWNER).owner()).contains(holder);
    }

    @Test
    void trusting_addresses_takes_nothing_from_anybody() throws Exception {
        var holder = user("1", "squatter", ADDRESS, false, OURS);
        var trusting = contest(Map.of("trustEmail", "true"));

        assertThat(trusting.of(ofOwner(), CLAIMANT, Optional.empty()).owner()).contains(holder);
        assertThat(trusting.of(ofOwner(), OWNER, Optional.empty()).owner()).isEmpty();
    }

    @Test
    void where_the_uid_is_somebodys_name_nobody_goes_by_it() throws Exception {
        user("1", ADDRESS, null, false, OURS);
        var other = user("2", "uid", null, false, null);

        assertThat(settle(ofClaimant(), CLAIMANT).owner()).contains(other);
    }

    @Test
    void whatever_is_logged_by_mistake_shows_no_address() throws Exception {
        user("1", ADDRESS, ADDRESS, false, OURS);
        var settled = settle(ofOwner(), OWNER);

        assertThat(settled.toString() + settled.lost()).doesNotContain("owner@");
    }

    private static ImportedProfile ofOwner() {
        return new ImportedProfile(new Uid("uid"), ADDRESS, Optional.of(ADDRESS), true, Map.of());
    }

    private static ImportedProfile ofClaimant() {
        return new ImportedProfile(new Uid("uid"), ADDRESS, Optional.of(ADDRESS), false, Map.of());
    }

    private Settlement settle(ImportedProfile wanted, KnownAddresses known) throws Exception {
        return contest(Map.of()).of(wanted, known, Optional.empty());
    }

    private NameContest contest(Map<String, String> federation) throws Exception {
        return new NameContest(OURS, Settings.of(federation), new UserConflicts(realm, users));
    }

    private UserModel user(String id, String username, String email, boolean verified, String federation) {
        var user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        when(user.getUsername()).thenReturn(username);
        when(user.getEmail()).thenReturn(email);
        when(user.isEmailVerified()).thenReturn(verified);
        when(user.getFederationLink()).thenReturn(federation);
        when(users.getUserByUsername(any(), eq(username))).thenReturn(user);
        if (email != null) {
            when(users.getUserByEmail(any(), eq(email))).thenReturn(user);
        }
        return user;
    }
}
