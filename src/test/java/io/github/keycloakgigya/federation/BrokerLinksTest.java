package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom identity providers link to accounts, by either way of reading it. */
class BrokerLinksTest {

    private final Shop shop = Shop.federated(Map.of());
    private InMemoryUser ann;

    private enum Way {
        ENTITY(JpaBrokerLinks.class),
        MODEL(BrokerLinks.OfModel.class);

        private final Class<? extends BrokerLinks> kind;

        Way(Class<? extends BrokerLinks> kind) {
            this.kind = kind;
        }
    }

    @BeforeEach
    void link_a_user() {
        shop.identityProvider("gigya-idp", Map.of());
        shop.identityProvider("other-site", Map.of("apiKey", "3_" + "b".repeat(64)));
        ann = shop.keycloak().addUser("1", "ann");
        shop.keycloak().link(ann, "gigya-idp", "uid_ann");
    }

    @ParameterizedTest
    @EnumSource
    void the_user_of_an_account_is_who_is_linked_to_exactly_that_one(Way way) throws Exception {
        assertThat(links(way).userOf(new Uid("uid_ann"))).contains(ann);
        assertThat(links(way).userOf(new Uid("UID_ANN"))).isEmpty();
        assertThat(links(way).userOf(new Uid("uid_ben"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void links_to_accounts_of_another_site_do_not_count(Way way) throws Exception {
        shop.keycloak().link(shop.keycloak().addUser("2", "ben"), "other-site", "uid_ben");

        assertThat(links(way).userOf(new Uid("uid_ben"))).isEmpty();
        assertThat(links(way).isOfAnother(shop.keycloak().user("2"), new Uid("uid_ann")))
                .isFalse();
        assertThat(links(way).isOfAnother(ann, new Uid("uid_ben"))).isTrue();
        assertThat(links(way).isOfAnother(ann, new Uid("uid_ann"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void of_many_accounts_those_that_are_linked_are_known(Way way) throws Exception {
        assertThat(links(way).linkedOf(List.of(new Uid("uid_ann"), new Uid("uid_ben"))))
                .containsExactly(new Uid("uid_ann"));
        assertThat(links(way).linkedOf(List.of())).isEmpty();
    }

    private BrokerLinks links(Way way) throws Exception {
        if (way == Way.MODEL) {
            shop.keycloak().loseColumnOfLinks("userId");
        }
        assertThat(BrokerLinks.of(shop.session(), shop.realm(), shop.users().settings()))
                .isInstanceOf(way.kind);
        return BrokerLinks.of(shop.session(), shop.realm(), shop.users().settings());
    }
}
