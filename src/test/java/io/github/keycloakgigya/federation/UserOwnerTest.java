package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

class UserOwnerTest {

    private static final String FEDERATION = "1f4e";
    private static final String KEY = "3_" + "a".repeat(64);
    private static final String OTHER_KEY = "3_" + "b".repeat(64);
    private static final String UID = "Uid_A";

    private final RealmModel realm = mock(RealmModel.class);
    private final ComponentModel component = new ComponentModel();

    @BeforeEach
    void add_a_federation() {
        component.setId(FEDERATION);
        component.setName("customers");
        component.setProviderId("gigya");
        component.put("apiKey", KEY);
        when(realm.getComponent(FEDERATION)).thenReturn(component);
    }

    @Test
    void a_local_user_and_one_of_another_kind_of_federation_have_no_owner_that_matters() {
        assertThat(UserOwner.of(realm, local(null))).isEmpty();

        component.setProviderId("ldap");
        assertThat(UserOwner.of(realm, local(FEDERATION))).isEmpty();
        assertThat(UserOwner.of(realm, user("f:" + FEDERATION + ":ann"))).isEmpty();
    }

    @Test
    void imported_and_other_users_have_one() {
        assertThat(owner(local(FEDERATION)).name()).isEqualTo("customers");
        assertThat(owner(user("f:" + FEDERATION + ":ann")).name()).isEqualTo("customers");
    }

    @Test
    void it_accepts_the_site_that_it_names_and_no_other() {
        var owner = owner(local(FEDERATION));

        assertThat(owner.accepts(site("login.example.com", KEY))).isFalse();
        assertThat(owner.accepts(Optional.of(new SiteAccounts(domain(), DataCenter.US1, OTHER_KEY, Set.of()))))
                .isFalse();
        assertThat(owner.accepts(Optional.of(new SiteAccounts(domain(), DataCenter.US1, KEY, Set.of(OTHER_KEY)))))
                .isFalse();
        assertThat(owner.accepts(Optional.of(new SiteAccounts(domain(), DataCenter.US1, KEY, Set.of()))))
                .isTrue();
    }

    @Test
    void it_accepts_nobody_who_names_no_site() {
        assertThat(owner(local(FEDERATION)).accepts(Optional.empty())).isFalse();
    }

    @Test
    void one_that_is_disabled_accepts_its_own_site_only() {
        component.put("enabled", false);
        var owner = owner(local(FEDERATION));

        assertThat(owner.accepts(Optional.of(new SiteAccounts(domain(), DataCenter.US1, KEY, Set.of()))))
                .isTrue();
        assertThat(owner.accepts(Optional.of(new SiteAccounts(domain(), DataCenter.US1, OTHER_KEY, Set.of()))))
                .isFalse();
    }

    @Test
    void one_that_names_no_site_or_was_removed_accepts_nobody() {
        var own = Optional.of(new SiteAccounts(domain(), DataCenter.US1, KEY, Set.of()));

        component.put("apiKey", "nonsense");
        assertThat(owner(local(FEDERATION)).accepts(own)).isFalse();

        when(realm.getComponent(FEDERATION)).thenReturn(null);
        assertThat(owner(local(FEDERATION)).accepts(own)).isFalse();
        assertThat(owner(user("f:" + FEDERATION + ":ann")).accepts(own)).isFalse();
    }

    @Test
    void an_imported_user_stands_for_the_account_of_its_uid_alone() {
        var user = local(FEDERATION);
        when(user.getFirstAttribute("gigya.uid")).thenReturn(UID);

        assertThat(owner(user).knows(user, new Uid(UID))).isTrue();
        assertThat(owner(user).knows(user, new Uid("uid_a"))).isFalse();
    }

    @Test
    void a_user_who_is_not_imported_stands_for_the_account_of_its_id_alone() {
        var user = user(new UserIds(FEDERATION).ofRemote(new Uid(UID)).orElseThrow());

        assertThat(owner(user).knows(user, new Uid(UID))).isTrue();
        assertThat(owner(user).knows(user, new Uid("uid_a"))).isFalse();
    }

    private UserOwner owner(UserModel user) {
        return UserOwner.of(realm, user).orElseThrow();
    }

    private static UserModel local(String federationLink) {
        var user = user("0a1b");
        when(user.getFederationLink()).thenReturn(federationLink);
        return user;
    }

    private static UserModel user(String id) {
        var user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        return user;
    }

    private ApiDomain domain() {
        return owner(local(FEDERATION)).accounts().orElseThrow().domain();
    }

    private static Optional<SiteAccounts> site(String host, String key) {
        return Optional.of(new SiteAccounts(ApiDomain.custom(host), DataCenter.US1, key, Set.of()));
    }
}
