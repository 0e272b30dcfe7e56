package io.github.keycloakgigya.federation.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.admission.AccountAdmission;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import io.github.keycloakgigya.federation.admission.Entrance;
import io.github.keycloakgigya.federation.admission.Entrance.CachedNames;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.passwordhash.LegacyHashFactory.Md5Factory;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.credential.PasswordCredentialModel;

class SignInTransferTest {

    private static final String UID = "uid_ann";
    private static final String PASSWORD = "test1234";
    private static final String MD5 = "Ftek/KdELdo62TyacmWX5A==";
    private static final String MD5_OF_ANOTHER = "/5yaYrndNPz/BrqaldmEsA==";
    private static final String BEFORE = "2020-05-25T11:40:22.353Z";

    private Shop shop;

    @BeforeEach
    void passwords_come_along_at_sign_in() {
        begin(Map.of("passwordTransfer", "atSignIn"));
    }

    private void begin(Map<String, String> settings) {
        shop = Shop.federated(settings);
        var md5 = new Md5Factory();
        shop.keycloak().provideFactory(PasswordHashProvider.class, md5);
        shop.keycloak().provide(PasswordHashProvider.class, md5.getId(), md5::create);
        var ofRealm = mock(PasswordHashProvider.class);
        when(ofRealm.encodedCredential(any(), anyInt()))
                .thenAnswer(call -> PasswordCredentialModel.createFromValues(
                        "argon2", new byte[16], 5, "hash of " + call.getArgument(0)));
        when(ofRealm.verify(any(), any(PasswordCredentialModel.class)))
                .thenAnswer(call -> call.getArgument(1, PasswordCredentialModel.class)
                        .getPasswordSecretData()
                        .getValue()
                        .equals("hash of " + call.getArgument(0)));
        shop.keycloak().provide(PasswordHashProvider.class, ofRealm);
        shop.keycloak().provide(PasswordHashProvider.class, "argon2", opened -> ofRealm);
        shop.gigya().account(UID).with("profile.firstName", "Ann");
    }

    @Test
    void at_the_login_page_the_hash_comes_along_by_one_more_call() throws Exception {
        password("md5", BEFORE, MD5);

        signIn();

        assertThat(shop.gigya().calls()).containsOnlyOnce("leavingAccount");
        assertThat(fate()).isEqualTo("transferred");
        assertThat(waiting().getSecretData()).contains(MD5);
        assertThat(shop.counted("keycloak.gigya.password.transfers", "outcome", "transferred"))
                .isEqualTo(1);
    }

    @Test
    void where_nobody_wants_that_nothing_is_asked() throws Exception {
        begin(Map.of());
        password("md5", BEFORE, MD5);

        signIn();

        assertThat(shop.gigya().calls()).doesNotContain("leavingAccount");
        assertThat(fate()).isNull();
    }

    @Test
    void whose_password_a_sync_saw_to_be_the_one_that_waits_is_not_asked_about_again() throws Exception {
        password("md5", BEFORE, MD5);
        signIn();
        ann().setSingleAttribute(FederatedUser.PASSWORD_CREATED, ann().getFirstAttribute(FederatedUser.PASSWORD_OF));

        signIn();

        assertThat(shop.gigya().calls()).containsOnlyOnce("leavingAccount");
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"UNAVAILABLE", "MISCONFIGURED"})
    void what_gigya_does_not_tell_keeps_nobody_out(FailureKind kind) throws Exception {
        shop.gigya().fail("leavingAccount", kind);

        signIn();

        assertThat(fate()).isNull();
        assertThat(shop.counted("keycloak.gigya.password.transfers", "outcome", "failed"))
                .isEqualTo(1);
    }

    @Test
    void a_hash_that_can_not_come_along_is_replaced_by_what_is_typed_and_accepted() throws Exception {
        password("drupal", BEFORE, MD5);
        signIn();
        assertThat(fate()).isEqualTo("unsupported");

        typed(PASSWORD);

        assertThat(fate()).isEqualTo("captured");
        assertThat(waiting().getSecretData()).contains("hash of " + PASSWORD);
        assertThat(waiting().getCreatedDate()).isEqualTo(1590406822353L);
    }

    @Test
    void what_was_captured_stays_until_the_password_is_a_newer_one() throws Exception {
        password("drupal", BEFORE, MD5);
        signIn();
        typed(PASSWORD);
        var captured = waiting();

        signIn();
        typed(PASSWORD);
        assertThat(waiting().getSecretData()).isEqualTo(captured.getSecretData());

        password("drupal", "2021-05-25T11:40:22.353Z", MD5);
        signIn();
        assertThat(fate()).isEqualTo("unsupported");
        assertThat(WaitingPassword.of(ann())).isEmpty();
    }

    @Test
    void a_hash_that_what_is_typed_and_accepted_does_not_fit_is_replaced() throws Exception {
        password("md5", BEFORE, MD5_OF_ANOTHER);
        signIn();

        typed(PASSWORD);

        assertThat(fate()).isEqualTo("captured");
    }

    @Test
    void what_is_older_than_the_password_that_a_sync_saw_is_captured_again() throws Exception {
        password("drupal", BEFORE, MD5);
        signIn();
        typed(PASSWORD);
        var later = Instant.parse("2021-05-25T11:40:22.353Z");
        ann().setSingleAttribute("gigya.passwordSeen", FederatedUser.text(later));

        password("drupal", later.toString(), MD5);
        typed(PASSWORD);

        assertThat(waiting().getCreatedDate()).isEqualTo(later.toEpochMilli());
        assertThat(WaitingPassword.isOutdated(waiting(), ann())).isFalse();
    }

    @Test
    void a_hash_that_fits_stays() throws Exception {
        password("md5", BEFORE, MD5);
        signIn();

        typed(PASSWORD);

        assertThat(fate()).isEqualTo("transferred");
    }

    @Test
    void without_the_right_to_read_hashes_what_is_typed_is_captured() throws Exception {
        signIn();
        shop.gigya().fail("leavingAccount", FailureKind.MISCONFIGURED);

        typed(PASSWORD);

        assertThat(fate()).isEqualTo("captured");
    }

    private void signIn() throws Exception {
        shop.keycloak().commit();
        admit(Entrance.ofStep(
                Optional.empty(),
                new CachedNames(shop.session(), shop.realm()),
                new EventBuilder(shop.realm(), shop.session())));
    }

    private void typed(String password) throws Exception {
        shop.keycloak().commit();
        admit(Entrance.ofPassword(ann(), password));
    }

    private void admit(Entrance entrance) throws Exception {
        var connection = shop.session()
                .getProvider(GigyaConnector.class)
                .connect(shop.users().settings().site());
        new AccountAdmission(shop.session(), shop.realm(), Optional.of(shop.users()), connection, Clock.systemUTC())
                .admit(new Uid(UID), entrance, AccountDemands.none());
    }

    private void password(String algorithm, String created, String hash) {
        shop.gigya()
                .account(UID)
                .withLuggage(
                        "{\"password\":{\"hash\":\"%s\",\"created\":\"%s\",\"hashSettings\":{\"algorithm\":\"%s\"}}}"
                                .formatted(hash, created, algorithm));
    }

    private InMemoryUser ann() {
        return shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(UID)));
    }

    private String fate() {
        return ann().getFirstAttribute("gigya.password");
    }

    private CredentialModel waiting() {
        return WaitingPassword.of(ann()).orElseThrow();
    }
}
