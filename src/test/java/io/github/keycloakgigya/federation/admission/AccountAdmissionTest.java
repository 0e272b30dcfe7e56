package io.github.keycloakgigya.federation.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.federation.admission.AccountAdmission.Admitted;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.federation.admission.Entrance.CachedNames;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.UserModel;

/** The way that every door goes, step by step, and that a later step is not taken where an earlier one ends it. */
class AccountAdmissionTest {

    private static final String ALIAS = "gigya-idp";
    private static final GigyaField MEMBER = GigyaField.parse("data.member");

    private final Shop shop = Shop.federated(Map.of());

    @BeforeEach
    void open_an_account() {
        shop.gigya().account("uid_ann").withVerifiedEmail("ann@example.com").with("profile.firstName", "Ann");
    }

    @Test
    void a_new_account_becomes_a_user_and_one_that_is_known_is_brought_up_to_date() throws Exception {
        var user = admit(step()).user().orElseThrow();
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");

        shop.gigya().account("uid_ann").with("profile.firstName", "Anna");
        assertThat(admit(step()).user().orElseThrow().getFirstName()).isEqualTo("Anna");
        assertThat(shop.keycloak().users().all()).hasSize(1);
    }

    @Test
    void the_event_is_told_of_a_known_user_even_where_that_one_is_kept_out() {
        var ann = federated("uid_ann", "ann");
        shop.keycloak().lock(ann);
        var event = event();

        assertRefused(
                SignInError.ACCOUNT_DISABLED,
                () -> admit(Entrance.ofStep(Optional.empty(), names(), event), AccountDemands.none()));
        assertThat(event.getEvent().getUserId()).isEqualTo(ann.getId());
    }

    @Test
    void nobody_else_than_the_expected_user_comes_in_and_nothing_is_asked_or_told_then() {
        var event = event();
        var ben = federated("uid_ben", "ben");
        federated("uid_ann", "ann");

        assertRefused(
                SignInError.ANOTHER_USER,
                () -> admit(Entrance.ofStep(Optional.of(ben), names(), event), AccountDemands.none()));
        assertThat(shop.gigya().calls()).isEmpty();
        assertThat(event.getEvent().getUserId()).isNull();
    }

    @Test
    void the_expected_user_comes_in_by_the_uid_or_by_the_link() throws Exception {
        var ann = federated("uid_ann", "ann");
        var linked = shop.keycloak().addUser("1", "linked");

        assertThat(admit(Entrance.ofStep(Optional.of(ann), names(), event())).user())
                .isPresent();
        assertThat(admission(Optional.empty())
                        .admit(
                                new Uid("uid_ann"),
                                Entrance.ofIdentityProvider(ALIAS, Optional.of(linked), Optional.of(linked), names()),
                                AccountDemands.none())
                        .user())
                .isEmpty();
    }

    @Test
    void a_disabled_user_is_kept_out_before_gigya_is_asked_unless_only_the_account_was_missing() throws Exception {
        var ann = federated("uid_ann", "ann");
        ann.setEnabled(false);
        assertRefused(SignInError.ACCOUNT_DISABLED, () -> admit(step()));
        assertThat(shop.gigya().calls()).isEmpty();

        ann.setSingleAttribute("gigya.missing", "true");
        assertThat(admit(step()).user().orElseThrow().isEnabled()).isTrue();
    }

    @Test
    void whom_no_federation_decides_on_is_kept_out_as_well() {
        var linked = shop.keycloak().addUser("1", "linked");
        linked.setEnabled(false);
        linked.setSingleAttribute("gigya.missing", "true");

        assertRefused(
                SignInError.ACCOUNT_DISABLED,
                () -> admission(Optional.empty())
                        .admit(new Uid("uid_ann"), provider(Optional.of(linked)), AccountDemands.none()));
    }

    @Test
    void who_is_linked_a_moment_ago_is_kept_out_while_locked() {
        shop.federation(Map.of("existingUserPolicy", "linkVerifiedEmail"));
        var old = shop.keycloak().addUser("1", "ann");
        old.setEmail("ann@example.com");
        old.setEmailVerified(true);
        shop.keycloak().lock(old);

        assertRefused(SignInError.ACCOUNT_DISABLED, () -> admit(step()));
    }

    @Test
    void keycloak_itself_has_kept_out_whose_password_it_takes() throws Exception {
        var ann = federated("uid_ann", "ann");
        shop.keycloak().lock(ann);

        assertThat(admit(Entrance.ofPassword(ann, "typed")).user().orElseThrow().getFirstName())
                .isEqualTo("Ann");
    }

    @Test
    void a_user_who_is_linked_to_another_account_does_not_come_in_by_that_identity_provider() throws Exception {
        var ann = federated("uid_ann", "ann");
        shop.keycloak().link(ann, ALIAS, "uid_other");

        assertRefused(SignInError.ACCOUNT_CONFLICT, () -> admit(provider(Optional.empty())));
        assertThat(shop.gigya().calls()).isEmpty();
        assertThat(admit(step()).user()).isPresent();
    }

    @Test
    void a_proven_absence_is_told_to_the_federation_and_to_no_other() throws Exception {
        var ann = federated("uid_ann", "ann");
        shop.gigya().delete("uid_ann");

        assertRefused(SignInError.ACCOUNT_NOT_FOUND, () -> inquiry().ask(new Uid("uid_ann"), AccountDemands.none()));
        assertThat(ann.isEnabled()).isTrue();

        assertRefused(SignInError.ACCOUNT_NOT_FOUND, () -> admit(step()));
        assertThat(ann.isEnabled()).isFalse();
    }

    @Test
    void an_outage_disables_nobody() {
        var ann = federated("uid_ann", "ann");
        shop.gigya().fail("getJwt", FailureKind.UNAVAILABLE);

        assertRefused(SignInError.GIGYA_UNAVAILABLE, () -> admit(step()));
        assertThat(ann.isEnabled()).isTrue();
    }

    @Test
    void an_account_that_is_not_what_the_door_demands_writes_nothing() {
        var essential = new AccountDemands.Essential(MEMBER, Pattern.compile("gold"));
        var demands = new AccountDemands(Set.of(MEMBER), OptionalInt.empty(), Optional.of(essential), Optional.empty());

        assertRefused(SignInError.ESSENTIAL_CLAIM_MISSING, () -> admit(step(), demands));
        assertThat(shop.keycloak().users().all()).isEmpty();
    }

    @Test
    void an_old_sign_in_at_gigya_writes_nothing_where_a_new_one_is_demanded() throws Exception {
        shop.gigya().account("uid_ann").lastSignedInAt(Instant.now().minusSeconds(600));
        var demands = AccountDemands.since(Optional.of(Instant.now().minusSeconds(60)));

        assertRefused(SignInError.PROOF_EXPIRED, () -> admit(step(), demands));
        assertThat(shop.keycloak().users().all()).isEmpty();

        shop.gigya().account("uid_ann").lastSignedInAt(Instant.now());
        assertThat(admit(step(), demands).user()).isPresent();
    }

    @Test
    void gigya_is_asked_once_for_what_the_door_and_the_federation_want() throws Exception {
        var admitted = admit(step(), AccountDemands.ofFields(Set.of(MEMBER), 100));

        assertThat(shop.gigya().calls()).filteredOn("getJwt"::equals).hasSize(1);
        assertThat(shop.gigya().lastQuestion().fields()).contains("data.member", "profile.email");
        assertThat(admitted.fields()).contains(MEMBER, GigyaField.parse("profile.email"));
    }

    @Test
    void whose_address_is_a_users_of_nobodys_is_refused_but_may_prove_by_an_identity_provider_to_be_the_same()
            throws Exception {
        shop.keycloak().addUser("1", "ann@example.com");

        assertRefused(SignInError.ACCOUNT_CONFLICT, () -> admit(step()));
        assertThat(admit(provider(Optional.empty())).user()).isEmpty();
    }

    @Test
    void whose_address_is_another_users_of_the_federation_is_refused_everywhere() {
        var ben = federated("uid_ben", "ann@example.com");
        ben.setEmail("ann@example.com");
        ben.setEmailVerified(true);

        assertRefused(SignInError.ACCOUNT_CONFLICT, () -> admit(step()));
        assertRefused(SignInError.ACCOUNT_CONFLICT, () -> admit(provider(Optional.empty())));
    }

    private Admitted admit(Entrance entrance) throws Exception {
        return admit(entrance, AccountDemands.none());
    }

    private Admitted admit(Entrance entrance, AccountDemands demands) throws Exception {
        shop.keycloak().commit();
        return admission(Optional.of(shop.users())).admit(new Uid("uid_ann"), entrance, demands);
    }

    private AccountAdmission admission(Optional<GigyaUsers> users) throws Exception {
        return new AccountAdmission(
                shop.session(), shop.realm(), users, inquiry().connection(), Clock.systemUTC());
    }

    private AccountInquiry inquiry() throws Exception {
        var connector = shop.session().getProvider(GigyaConnector.class);
        return new AccountInquiry(connector.connect(shop.users().settings().site()), Clock.systemUTC());
    }

    private Entrance step() {
        return Entrance.ofStep(Optional.empty(), names(), event());
    }

    private Entrance provider(Optional<UserModel> linked) {
        return Entrance.ofIdentityProvider(ALIAS, linked, Optional.empty(), names());
    }

    private CachedNames names() {
        return new CachedNames(shop.session(), shop.realm());
    }

    private EventBuilder event() {
        return new EventBuilder(shop.realm(), shop.session());
    }

    private InMemoryUser federated(String uid, String username) {
        var user = shop.keycloak().addUser("id of " + uid, username);
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", uid);
        return user;
    }

    private static void assertRefused(SignInError error, ThrowingCallable admission) {
        assertThatThrownBy(admission)
                .isInstanceOfSatisfying(
                        SignInException.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }
}
