package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.storage.RehashListenerFactory.RehashListener;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.jpa.entities.UserEntity;

/** When {@code gigya.password} says that a password is the realm's own. */
class RehashListenerTest {

    private final Shop shop = Shop.federated(Map.of());
    private final InMemoryUser ann = shop.keycloak().addUser("1", "ann");
    private final PasswordHashProvider pbkdf2 = mock(PasswordHashProvider.class);
    private String passwordId;

    @BeforeEach
    void somebody_has_left_with_a_password() {
        shop.keycloak().provide(PasswordHashProvider.class, "pbkdf2", session -> pbkdf2);
        var password = PasswordCredentialModel.createFromValues("pbkdf2", new byte[16], 5, "hash");
        password.setCredentialData(
                "{\"hashIterations\":5,\"algorithm\":\"pbkdf2\",\"additionalParameters\":{\"gigya\":[\"transferred\"]}}");
        passwordId = ann.credentialManager().createStoredCredential(password).getId();
        ann.setSingleAttribute("gigya.password", "transferred");
        ann.setSingleAttribute("gigya.uid", "uid_ann");
        new ReleaseMark(shop.session(), shop.realm(), Shop.FEDERATION).put(ann);
    }

    @Test
    void after_the_sign_in_in_which_keycloak_hashed_it_anew() {
        signIn();
        hashAnew();

        commit();

        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("rehashed");
        assertThat(shop.keycloak().evicted()).contains("1");
        verify(shop.session().getProvider(JpaConnectionProvider.class).getEntityManager())
                .find(UserEntity.class, "1");
    }

    @Test
    void after_the_next_sign_in_where_it_was_hashed_anew_before_a_code_was_asked_for() {
        hashAnew();
        signIn();

        commit();

        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("rehashed");
    }

    @Test
    void not_after_a_sign_in_that_had_no_need_of_it() {
        signIn();
        var writes = ann.writes();

        commit();

        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("transferred");
        assertThat(ann.writes()).isEqualTo(writes);
    }

    @Test
    void nobody_looks_where_the_realm_hashes_passwords_in_the_same_way() {
        when(pbkdf2.policyCheck(any(), any())).thenReturn(true);
        signIn();
        hashAnew();

        commit();

        assertThat(ann.getFirstAttribute("gigya.password"))
                .as("by somebody else, so that the next sign-in says so")
                .isEqualTo("transferred");
    }

    @Test
    void not_of_who_is_gigyas_or_was_never_there() {
        hashAnew();
        ann.setFederationLink(Shop.FEDERATION);
        signIn();
        tell(EventType.LOGIN, "nobody", null);
        tell(EventType.LOGIN, "f:other:1", null);
        tell(EventType.LOGIN, null, null);

        commit();

        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("transferred");
    }

    @Test
    void not_after_anything_else() {
        hashAnew();
        tell(EventType.LOGIN, "1", "invalid_user_credentials");
        tell(EventType.LOGOUT, "1", null);

        commit();

        assertThat(ann.getFirstAttribute("gigya.password")).isEqualTo("transferred");
    }

    private void signIn() {
        tell(EventType.LOGIN, "1", null);
    }

    private void tell(EventType type, String userId, String error) {
        var event = new Event();
        event.setType(type);
        event.setRealmId(shop.realm().getId());
        event.setUserId(userId);
        event.setError(error);
        new RehashListener(shop.session()).onEvent(event);
    }

    private void commit() {
        shop.session().getTransactionManager().commit();
    }

    // As Keycloak does (PasswordCredentialProvider): the same id, and no word of Gigya.
    private void hashAnew() {
        var anew = PasswordCredentialModel.createFromValues("argon2", new byte[16], 5, "hash");
        anew.setId(passwordId);
        ann.credentialManager().updateStoredCredential(anew);
    }
}
