package io.github.keycloakgigya.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.federation.lookup.UnknownNames;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.storage.ReadOnlyException;

/** Somebody sets the password of a user whose password Gigya keeps. */
class KeptPasswordTest {

    private final Shop shop = Shop.federated(Map.of());
    private final InMemoryUser ann = shop.keycloak().addUser("ann", "ann@example.com");

    @Test
    void an_administrator_reads_where_the_password_is_kept() {
        var token = new AccessToken();
        token.setLocale("en");
        shop.session().getContext().setBearerToken(token);

        assertThatThrownBy(this::setPassword).isInstanceOfSatisfying(ErrorResponseException.class, refused -> {
            assertThat(refused.getResponse().getStatus()).isEqualTo(400);
            assertThat(((ErrorRepresentation) refused.getResponse().getEntity()).getErrorMessage())
                    .contains("Gigya keeps the password of this user");
        });
    }

    @Test
    void a_person_reads_it_in_the_words_of_the_page() {
        assertThatThrownBy(this::setPassword)
                .isInstanceOf(ReadOnlyException.class)
                .hasMessage("gigyaPasswordReadOnly");
    }

    private void setPassword() {
        new GigyaUserStorageProvider(
                        shop.session(), shop.realm().getComponent(Shop.FEDERATION), new UnknownNames(Clock.systemUTC()))
                .updateCredential(shop.realm(), ann, UserCredentialModel.password("new"));
    }
}
