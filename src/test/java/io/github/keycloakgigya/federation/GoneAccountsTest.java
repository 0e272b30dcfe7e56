package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.inmemory.Shop;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose users were removed lately, so that an older search does not bring them back. */
class GoneAccountsTest {

    private final Shop shop = Shop.federated(Map.of());
    private final GoneAccounts gone = new GoneAccounts(shop.session(), Shop.FEDERATION);

    @Test
    void nobody_has_to_be_looked_for_until_a_user_is_removed() {
        assertThat(gone.isEmpty()).isTrue();

        gone.add(new Uid("uid_ann"));

        assertThat(gone.isEmpty()).isFalse();
        assertThat(new GoneAccounts(shop.session(), "another").isEmpty()).isTrue();
    }

    @Test
    void an_account_is_gone_for_its_own_federation_alone_and_no_other_account_with_it() {
        gone.add(new Uid("uid_ann"));

        assertThat(gone.contains(new Uid("uid_ann"), Optional.empty())).isTrue();
        assertThat(gone.contains(new Uid("uid_eve"), Optional.empty())).isFalse();
        assertThat(new GoneAccounts(shop.session(), "another").contains(new Uid("uid_ann"), Optional.empty()))
                .isFalse();
    }

    @Test
    void an_account_that_changed_after_that_is_there_again() {
        gone.add(new Uid("uid_ann"));

        assertThat(gone.contains(new Uid("uid_ann"), Optional.of(Instant.now().minusSeconds(60))))
                .isTrue();
        assertThat(gone.contains(new Uid("uid_ann"), Optional.of(Instant.now().plusSeconds(60))))
                .isFalse();
    }
}
