package io.github.keycloakgigya.federation.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.leaving.StoredPassword.HashAlgorithm;
import io.github.keycloakgigya.api.leaving.StoredPassword.Hashed;
import io.github.keycloakgigya.federation.FederatedUser;
import io.github.keycloakgigya.federation.settings.StorageSettings.PasswordCheck;
import io.github.keycloakgigya.federation.transfer.Verdict.PasswordFate;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Which password is a user's as the user leaves Gigya, and comes back. */
class PasswordHandoverTest {

    private static final Instant SET = Instant.parse("2020-05-25T11:40:22.353Z");

    private final InMemoryUser ann = Shop.federated(Map.of()).keycloak().addUser("id-ann", "ann");

    @Test
    void what_waits_becomes_the_password_and_waits_again_when_the_user_comes_back() {
        waits(SET);

        release(PasswordCheck.GIGYA);
        assertThat(types()).containsExactly("password");

        rejoin(PasswordCheck.GIGYA);
        assertThat(types()).containsExactly("gigya-password");
        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("transferred");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya.passwordCreated", "gigya.passwordSeen"})
    void a_password_that_was_changed_at_gigya_since_does_not_come_back_to_life(String attribute) {
        waits(SET);
        ann.setSingleAttribute(attribute, FederatedUser.text(SET.plusMillis(1)));
        assertThat(isOutdated()).isTrue();

        ann.setSingleAttribute("gigya.password", "transferred");

        release(PasswordCheck.GIGYA);

        assertThat(types()).isEmpty();
        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gigya.passwordCreated", "gigya.passwordSeen"})
    void the_password_that_the_account_is_known_to_have_does(String attribute) {
        waits(SET);
        ann.setSingleAttribute(attribute, FederatedUser.text(SET));
        assertThat(isOutdated()).isFalse();

        release(PasswordCheck.GIGYA);

        assertThat(types()).containsExactly("password");
    }

    @Test
    void what_is_not_known_to_be_as_new_counts_as_older() {
        waits(Instant.EPOCH);
        ann.setSingleAttribute("gigya.passwordCreated", FederatedUser.text(SET));

        assertThat(isOutdated()).isTrue();
        assertThat(PasswordHandover.isOutdated("gigya-password", null, ann)).isTrue();
        assertThat(PasswordHandover.isOutdated("password", null, ann))
                .as("one of Keycloak's own")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = PasswordCheck.class,
            names = {"LOCAL_FIRST", "OFF"})
    void a_password_of_keycloaks_own_stays_where_it_let_the_person_in(PasswordCheck check) {
        ann.keepPassword();
        waits(SET);
        ann.setSingleAttribute("gigya.password", "transferred");

        release(check);

        assertThat(types()).containsExactly("password", "gigya-password-kept");
        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("rehashed");

        rejoin(check);

        assertThat(types()).containsExactly("password");
    }

    @ParameterizedTest
    @EnumSource(PasswordCheck.class)
    void who_used_the_password_and_comes_back_is_gigyas_again(PasswordCheck check) {
        waits(SET);
        release(check);
        hashedAnew();

        rejoin(check);

        assertThat(types()).containsExactly("gigya-password");
        assertThat(WaitingPassword.fate(WaitingPassword.of(ann).orElseThrow())).isEqualTo(PasswordFate.REHASHED);
    }

    @Test
    void who_set_a_password_after_leaving_without_one_is_gigyas_again() {
        release(PasswordCheck.LOCAL_FIRST);
        ann.keepPassword();

        rejoin(PasswordCheck.LOCAL_FIRST);

        assertThat(types()).containsExactly("gigya-password");
    }

    @Test
    void nobody_keeps_a_password_by_a_word_of_ones_own() {
        waits(SET);
        release(PasswordCheck.LOCAL_FIRST);
        ann.setSingleAttribute("gigya-password-kept", "true");

        rejoin(PasswordCheck.LOCAL_FIRST);

        assertThat(types()).containsExactly("gigya-password");
    }

    @Test
    void where_gigya_is_asked_nobody_keeps_a_password_that_lets_in() {
        ann.keepPassword();
        release(PasswordCheck.LOCAL_FIRST);

        rejoin(PasswordCheck.GIGYA);

        assertThat(types()).containsExactly("gigya-password");
    }

    // As Keycloak does at the first sign-in (PasswordCredentialProvider): the same id and time, and no word of Gigya.
    private void hashedAnew() {
        var anew = PasswordCredentialModel.createFromValues("argon2", new byte[16], 5, "hash");
        var before = WaitingPassword.ownOf(ann).findFirst().orElseThrow();
        anew.setId(before.getId());
        anew.setCreatedDate(before.getCreatedDate());
        ann.credentialManager().updateStoredCredential(anew);
    }

    private void waits(Instant since) {
        var hash = new Hashed(HashAlgorithm.MD5, 1, "", "Ftek/KdELdo62TyacmWX5A==", "$password");
        WaitingPassword.put(WaitingPassword.of(hash, since), ann);
    }

    private boolean isOutdated() {
        return PasswordHandover.isOutdated(
                "gigya-password", WaitingPassword.of(ann).orElseThrow().getCreatedDate(), ann);
    }

    private void release(PasswordCheck check) {
        new PasswordHandover(check).release(ann);
    }

    private void rejoin(PasswordCheck check) {
        new PasswordHandover(check).rejoin(ann);
    }

    private List<String> types() {
        return ann.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getType)
                .toList();
    }
}
