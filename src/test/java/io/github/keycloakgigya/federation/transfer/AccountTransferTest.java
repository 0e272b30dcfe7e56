package io.github.keycloakgigya.federation.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount.Source;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.GigyaFederations;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.transfer.Verdict.IdentityLink;
import io.github.keycloakgigya.federation.transfer.Verdict.IdentityLink.Outcome;
import io.github.keycloakgigya.federation.transfer.Verdict.LeavingState;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import io.github.keycloakgigya.federation.transfer.WaitingLinks.WaitingLink;
import io.github.keycloakgigya.inmemory.GigyaPerson;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.credential.PasswordCredentialModel;

class AccountTransferTest {

    private static final String UID = "uid_ann";
    private static final String HASH = "Ftek/KdELdo62TyacmWX5A==";
    private static final String OTHER_HASH = "/5yaYrndNPz/BrqaldmEsA==";
    private static final String BEFORE = "2020-05-25T11:40:22.353Z";
    private static final String PASSWORD_AND_IDENTITY =
            "{'password':{'hash':'" + HASH + "','created':'2020-05-25T11:40:22.353Z',"
                    + "'hashSettings':{'algorithm':'pbkdf2','rounds':3000,'salt':'c2FsdA=='}},"
                    + "'identities':[{'provider':'facebook','providerUID':'fb-ann'}]}";
    private static final String LATER = "2021-05-25T11:40:22.353Z";

    private Shop shop;

    @BeforeEach
    void ann_is_a_user_of_the_federation() throws Exception {
        begin(Map.of());
    }

    private void begin(Map<String, String> settings) throws Exception {
        shop = Shop.federated(settings);
        for (var id : List.of("pbkdf2", "pbkdf2-sha256", "pbkdf2-sha512")) {
            var factory = mock(PasswordHashProviderFactory.class);
            when(factory.getId()).thenReturn(id);
            shop.keycloak().provideFactory(PasswordHashProvider.class, factory);
        }
        shop.gigya().account(UID).with("profile.firstName", "Ann");
        var federation = federation();
        var accounts = federation.connect().accounts();
        GigyaFederations.usersOf(federation)
                .admit(
                        Optional.empty(),
                        accounts.read(new Uid(UID), federation.settings().fields()),
                        accounts);
    }

    @ParameterizedTest
    @CsvSource({"pbkdf2, pbkdf2", "pbkdf2_sha256, pbkdf2-sha256", "pbkdf2_sha512, pbkdf2-sha512"})
    void a_hash_that_keycloak_can_verify_waits_for_its_user(String algorithm, String provider) throws Exception {
        password(algorithm, BEFORE, HASH);

        assertThat(transferred())
                .isEqualTo(new Verdict(LeavingState.READY, algorithm, PasswordFate.TRANSFERRED, List.of()));
        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo("transferred");
        assertThat(waiting()).singleElement().satisfies(stored -> {
            assertThat(stored.getCreatedDate()).isEqualTo(1590406822353L);
            var password = PasswordCredentialModel.createFromCredentialModel(stored);
            assertThat(password.getPasswordSecretData().getValue()).isEqualTo(HASH);
            assertThat(password.getPasswordSecretData().getSalt()).isEqualTo("salt".getBytes());
            assertThat(password.getPasswordCredentialData().getAlgorithm()).isEqualTo(provider);
            assertThat(password.getPasswordCredentialData().getHashIterations()).isEqualTo(3000);
        });
        assertThat(own()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbkdf2", "drupal", ""})
    void what_is_told_beforehand_is_what_is_done(String algorithm) throws Exception {
        if (!algorithm.isEmpty()) {
            password(algorithm, BEFORE, HASH);
        }

        var before = assessed();

        assertThat(ann().getFirstAttribute("gigya.password")).isNull();
        assertThat(waiting()).isEmpty();
        assertThat(transferred()).isEqualTo(before);
        assertThat(assessed()).isEqualTo(before);
    }

    @Test
    void done_again_it_writes_nothing() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();
        var writes = ann().writes();

        password("pbkdf2", BEFORE, OTHER_HASH);
        transferred();

        assertThat(ann().writes()).isEqualTo(writes);
        assertThat(waiting())
                .singleElement()
                .satisfies(stored -> assertThat(stored.getSecretData()).contains(HASH));
    }

    @Test
    void a_newer_password_replaces_the_one_that_waits() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();

        password("pbkdf2", LATER, OTHER_HASH);
        transferred();

        assertThat(waiting())
                .singleElement()
                .satisfies(stored -> assertThat(stored.getSecretData()).contains(OTHER_HASH));
    }

    @Test
    void a_newer_password_that_cannot_come_along_drops_the_one_that_waits() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();

        password("drupal", LATER, HASH);

        assertThat(transferred().password()).isEqualTo(PasswordFate.UNSUPPORTED);
        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo("unsupported");
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_is_older_than_the_password_that_a_sync_saw_never_waits() throws Exception {
        ann().setSingleAttribute("gigya.passwordCreated", "1590406822354");
        password("pbkdf2", BEFORE, HASH);

        assertThat(transferred().password()).isEqualTo(PasswordFate.UNSUPPORTED);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void what_waits_goes_when_a_sync_saw_a_newer_password_and_only_the_old_one_is_told() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();
        ann().setSingleAttribute("gigya.passwordSeen", "1590406822354");

        assertThat(transferred().password()).isEqualTo(PasswordFate.UNSUPPORTED);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void without_a_time_another_hash_replaces_the_one_that_waits_and_the_same_does_not() {
        passwordWithoutTime("pbkdf2", HASH);
        transferred();
        var writes = ann().writes();
        transferred();
        assertThat(ann().writes()).isEqualTo(writes);

        passwordWithoutTime("pbkdf2", OTHER_HASH);
        transferred();

        assertThat(waiting())
                .singleElement()
                .satisfies(stored -> assertThat(stored.getSecretData()).contains(OTHER_HASH));
    }

    @Test
    void without_a_time_a_hash_that_cannot_come_along_drops_the_one_that_waits() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();

        passwordWithoutTime("drupal", HASH);

        assertThat(transferred().password()).isEqualTo(PasswordFate.UNSUPPORTED);
        assertThat(waiting()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ITSELF, 0", "SEARCH, 0", "FILE, 1"})
    void a_password_that_was_removed_at_gigya_goes_but_a_file_may_just_not_tell_it(Source source, int waiting)
            throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();

        person("{}");
        AccountTransfer.of(federation()).transfer(shop.gigya().account(UID).leaving(source), ann());

        assertThat(waiting()).hasSize(waiting);
    }

    @Test
    void links_go_on_waiting_if_a_file_leaves_the_identities_out() throws Exception {
        identityProvider("facebook", "facebook", true);
        person(PASSWORD_AND_IDENTITY);
        transferred();

        person("{}");
        assertThat(takesAway(Source.FILE)).isFalse();
        AccountTransfer.of(federation()).transfer(shop.gigya().account(UID).leaving(Source.FILE), ann());
        assertThat(identitiesWaiting()).hasSize(1);

        person("{'identities':[]}");
        assertThat(takesAway(Source.FILE)).isTrue();
        AccountTransfer.of(federation()).transfer(shop.gigya().account(UID).leaving(Source.FILE), ann());
        assertThat(identitiesWaiting()).isEmpty();
    }

    @Test
    void a_file_takes_away_a_password_that_waits_if_it_says_another_one() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        transferred();
        assertThat(takesAway(Source.FILE)).isFalse();

        password("drupal", LATER, OTHER_HASH);

        assertThat(takesAway(Source.FILE)).isTrue();
    }

    @Test
    void a_file_that_leaves_the_password_out_does_not_say_that_there_is_none() throws Exception {
        password("drupal", BEFORE, HASH);
        transferred();

        person("{}");
        AccountTransfer.of(federation()).transfer(shop.gigya().account(UID).leaving(Source.FILE), ann());

        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo("unsupported");
    }

    private boolean takesAway(Source source) throws Exception {
        return AccountTransfer.of(federation())
                .takesAway(shop.gigya().account(UID).leaving(source), ann());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcrypt", "md5", "drupal", "custom"})
    void a_hash_that_this_server_cannot_verify_is_never_stored(String algorithm) throws Exception {
        password(algorithm, BEFORE, HASH);

        assertThat(transferred().state()).isEqualTo(LeavingState.UNSUPPORTED);
        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo("unsupported");
        assertThat(waiting()).isEmpty();
        assertThat(own()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"localFirst, rehashed, 0", "off, rehashed, 0", "gigya, transferred, 1"})
    void a_password_of_keycloaks_own_stays_where_it_lets_people_in(String check, String fate, int waiting)
            throws Exception {
        begin(Map.of("passwordCheck", check));
        ann().keepPassword();
        password("pbkdf2", BEFORE, HASH);

        transferred();

        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo(fate);
        assertThat(waiting()).hasSize(waiting);
        assertThat(own()).hasSize(1);
    }

    @Test
    void whoever_may_not_sign_in_takes_nothing_along() {
        identityProvider("facebook", "facebook", true);
        person(PASSWORD_AND_IDENTITY).inactive();

        assertThat(transferred()).isEqualTo(new Verdict(LeavingState.INACTIVE, "pbkdf2", PasswordFate.NONE, List.of()));
        assertThat(waiting()).isEmpty();
        assertThat(WaitingLinks.WAITING.of(ann())).isEmpty();
    }

    @Test
    void whoever_has_not_finished_the_registration_takes_nothing_along() {
        identityProvider("facebook", "facebook", true);
        person(PASSWORD_AND_IDENTITY).unfinished();

        assertThat(transferred().state()).isEqualTo(LeavingState.INCOMPLETE);
        assertThat(waiting()).isEmpty();
        assertThat(WaitingLinks.WAITING.of(ann())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inactive", "unfinished"})
    void whoever_may_no_longer_sign_in_loses_what_waits(String how) {
        identityProvider("facebook", "facebook", true);
        var person = person(PASSWORD_AND_IDENTITY);
        transferred();
        assertThat(WaitingLinks.WAITING.of(ann())).hasSize(1);

        assertThat("inactive".equals(how) ? person.inactive() : person.unfinished())
                .isNotNull();
        transferred();

        assertThat(waiting()).isEmpty();
        assertThat(WaitingLinks.WAITING.of(ann())).isEmpty();
        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo("none");
        assertThat(ann().getFirstAttribute("gigya.passwordOf"))
                .as("so that a sign-in asks again")
                .isEqualTo("0");
    }

    @Test
    void whoever_is_disabled_in_keycloak_is_inactive() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        ann().setEnabled(false);

        assertThat(assessed().state()).isEqualTo(LeavingState.INACTIVE);
    }

    @Test
    void whoever_has_not_finished_the_registration_is_incomplete() throws Exception {
        shop.gigya().account(UID).unfinished();

        assertThat(assessed().state()).isEqualTo(LeavingState.INCOMPLETE);
    }

    @Test
    void whoever_has_no_password_and_no_identity_is_passwordless() {
        assertThat(transferred()).isEqualTo(new Verdict(LeavingState.PASSWORDLESS, "", PasswordFate.NONE, List.of()));
        assertThat(ann().getFirstAttribute("gigya.password")).isEqualTo("none");
    }

    @Test
    void an_account_without_a_user_is_not_imported() {
        var verdict = AccountTransfer.of(federation())
                .assess(shop.gigya().account(UID).leaving(), Optional.empty());

        assertThat(verdict.state()).isEqualTo(LeavingState.NOT_IMPORTED);
    }

    @Test
    void whoever_has_left_is_left_alone() throws Exception {
        password("pbkdf2", BEFORE, HASH);
        ann().setFederationLink(null);
        var writes = ann().writes();

        assertThat(transferred().state()).isEqualTo(LeavingState.RELEASED);
        assertThat(ann().writes()).isEqualTo(writes);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void nothing_of_another_account_comes_along() {
        var other = shop.gigya().account("uid_bob").leaving();

        assertThatThrownBy(() -> AccountTransfer.of(federation()).transfer(other, ann()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_identity_waits_to_become_a_link_to_the_provider_of_the_same_alias() {
        identityProvider("facebook", "facebook", true);
        identities("facebook", "fb-ann");

        assertThat(transferred())
                .isEqualTo(new Verdict(
                        LeavingState.SOCIAL_ONLY,
                        "facebook",
                        PasswordFate.NONE,
                        List.of(new IdentityLink("facebook", Outcome.LINKED))));
        assertThat(identitiesWaiting()).containsExactly(new WaitingLink("facebook", "id of facebook", "fb-ann"));
        assertThat(shop.keycloak().users().getFederatedIdentitiesStream(shop.realm(), ann()))
                .isEmpty();
        assertThat(transferred().canSignIn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"twitter, twitter, true", "facebook, facebook, false", "facebook, gigya, true"})
    void an_identity_without_a_provider_is_told(String alias, String providerId, boolean enabled) {
        identityProvider(alias, providerId, enabled);
        identities("facebook", "fb-ann");

        assertThat(transferred().links()).containsExactly(new IdentityLink("facebook", Outcome.NO_PROVIDER));
        assertThat(transferred().canSignIn()).isFalse();
    }

    @Test
    void an_identity_that_allows_no_sign_in_becomes_no_link() {
        identityProvider("facebook", "facebook", true);
        person("{'identities':[{'provider':'facebook','providerUID':'fb-ann','allowsLogin':false}]}");

        assertThat(transferred().links()).isEmpty();
        assertThat(transferred().state()).isEqualTo(LeavingState.PASSWORDLESS);
    }

    @Test
    void a_provider_that_is_called_otherwise_at_gigya_is_found_by_the_setting() throws Exception {
        begin(Map.of("identityLinks", "[{\"key\":\"googleplus\",\"value\":\"google\"}]"));
        identityProvider("google", "google", true);
        identities("googleplus", "g-ann");

        assertThat(transferred().canSignIn()).isTrue();
        assertThat(identitiesWaiting()).containsExactly(new WaitingLink("google", "id of google", "g-ann"));
    }

    @Test
    void a_link_of_another_user_stays_with_that_one() {
        identityProvider("facebook", "facebook", true);
        var bob = shop.keycloak().addUser("id-bob", "bob");
        shop.keycloak().link(bob, "facebook", "fb-ann");
        identities("facebook", "fb-ann");

        assertThat(transferred().links()).containsExactly(new IdentityLink("facebook", Outcome.OF_ANOTHER_USER));
        assertThat(identitiesWaiting()).isEmpty();
    }

    @Test
    void a_user_keeps_the_link_to_another_identity() {
        identityProvider("facebook", "facebook", true);
        shop.keycloak().link(ann(), "facebook", "fb-of-old");
        identities("facebook", "fb-ann");

        assertThat(transferred().links()).containsExactly(new IdentityLink("facebook", Outcome.OF_ANOTHER_IDENTITY));
        assertThat(identitiesWaiting()).isEmpty();
    }

    @Test
    void what_gigya_says_later_replaces_the_identities_that_wait() {
        identityProvider("facebook", "facebook", true);
        identityProvider("apple", "apple", true);
        identities("facebook", "fb-ann");
        transferred();
        var writes = ann().writes();
        transferred();
        assertThat(ann().writes()).isEqualTo(writes);

        identities("apple", "apple-ann");
        transferred();
        assertThat(identitiesWaiting()).containsExactly(new WaitingLink("apple", "id of apple", "apple-ann"));

        person("{}");
        transferred();
        assertThat(identitiesWaiting()).isEmpty();
    }

    @Test
    void a_provider_for_linking_alone_or_whose_people_gigya_signs_in_lets_nobody_in_who_has_left() {
        var provider = identityProvider("facebook", "oidc", true);
        identities("facebook", "fb-ann");
        provider.setLinkOnly(true);
        assertThat(transferred().links()).containsExactly(new IdentityLink("facebook", Outcome.NO_PROVIDER));

        provider.setLinkOnly(false);
        assertThat(assessed().canSignIn()).isTrue();
        var importer = new IdentityProviderMapperModel();
        importer.setIdentityProviderAlias("facebook");
        importer.setIdentityProviderMapper("gigya-account-importer");
        shop.keycloak().identityProviders().createMapper(importer);
        assertThat(transferred().links()).containsExactly(new IdentityLink("facebook", Outcome.NO_PROVIDER));
        assertThat(identitiesWaiting()).isEmpty();
    }

    private IdentityProviderModel identityProvider(String alias, String providerId, boolean enabled) {
        var provider = new IdentityProviderModel();
        provider.setInternalId("id of " + alias);
        provider.setAlias(alias);
        provider.setProviderId(providerId);
        provider.setEnabled(enabled);
        return shop.keycloak().identityProviders().create(provider);
    }

    private List<WaitingLink> identitiesWaiting() {
        return WaitingLinks.WAITING.of(ann());
    }

    private void identities(String provider, String providerUid) {
        person("{'identities':[{'provider':'site','providerUID':'%s'},{'provider':'%s','providerUID':'%s'}]}"
                .formatted(UID, provider, providerUid));
    }

    private void password(String algorithm, String created, String hash) {
        person(
                "{'password':{'hash':'%s','created':'%s','hashSettings':{'algorithm':'%s','rounds':3000,'salt':'c2FsdA=='}}}"
                        .formatted(hash, created, algorithm));
    }

    private void passwordWithoutTime(String algorithm, String hash) {
        person("{'password':{'hash':'%s','hashSettings':{'algorithm':'%s','rounds':3000,'salt':'c2FsdA=='}}}"
                .formatted(hash, algorithm));
    }

    private GigyaPerson person(String luggage) {
        return shop.gigya().account(UID).withLuggage(luggage.replace('\'', '"'));
    }

    private Verdict assessed() {
        return AccountTransfer.of(federation()).assess(shop.gigya().account(UID).leaving(), Optional.of(ann()));
    }

    private Verdict transferred() {
        return AccountTransfer.of(federation())
                .transfer(shop.gigya().account(UID).leaving(), ann());
    }

    private Federation federation() {
        try {
            return Federation.of(shop.session(), shop.realm(), shop.realm().getComponent(Shop.FEDERATION));
        } catch (SettingsException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private InMemoryUser ann() {
        return shop.keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(UID)));
    }

    private List<CredentialModel> waiting() {
        return WaitingPassword.of(ann()).stream().toList();
    }

    private List<CredentialModel> own() {
        return WaitingPassword.ownOf(ann()).toList();
    }
}
