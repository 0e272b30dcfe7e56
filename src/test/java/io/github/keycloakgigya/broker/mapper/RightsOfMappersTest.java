package io.github.keycloakgigya.broker.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.broker.mapper.AccountMapper.Mapping;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.ClientModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;

/** What mappers give, take back, and may not give. */
class RightsOfMappersTest {

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final RoleModel member = role("member", shop.shop().realm());
    private final InMemoryUser user = shop.shop().keycloak().addUser("1", "ann");

    @BeforeEach
    void open_an_account() {
        shop.shop().keycloak().realm().add(member);
        shop.shop().gigya().account("uid_ann").withEmail("ann@example.com").with("data.member", "gold");
    }

    @Test
    void a_role_is_given_to_whose_account_says_so_and_taken_back_once_it_does_not() throws Exception {
        var mapping = roleMapping(Map.of("role", "member"));
        mapping.update(user, mapped(mapping), account());
        assertThat(user.hasRole(member)).isTrue();

        shop.shop().gigya().account("uid_ann").with("data.member", "Gold");
        mapping.update(user, mapped(mapping), account());
        assertThat(user.hasRole(member)).isFalse();
    }

    @Test
    void a_new_user_gets_the_role_only_where_the_account_says_so() throws Exception {
        var mapping = roleMapping(Map.of("role", "member"));
        shop.shop().gigya().account("uid_ann").without("data.member");
        mapping.create(user, mapped(mapping), account());
        assertThat(user.hasRole(member)).isFalse();

        shop.shop().gigya().account("uid_ann").with("data.member", "gold");
        mapping.create(user, mapped(mapping), account());
        assertThat(user.hasRole(member)).isTrue();
    }

    @Test
    void what_another_mapper_gave_in_this_sign_in_is_not_taken_back() throws Exception {
        var gives = roleMapping(Map.of("role", "member"));
        var takes = roleMapping(Map.of("role", "member", "value", "silver"));
        var context = mapped(gives);

        gives.update(user, context, account());
        takes.update(user, context, account());

        assertThat(user.hasRole(member)).isTrue();
    }

    @Test
    void nothing_is_written_where_nothing_changes() throws Exception {
        var mapping = roleMapping(Map.of("role", "member"));
        mapping.update(user, mapped(mapping), account());
        var writes = user.writes();

        mapping.update(user, mapped(mapping), account());

        assertThat(user.writes()).isEqualTo(writes);
    }

    @ParameterizedTest
    @CsvSource({
        "equals, gold, gold, true",
        "equals, gold, golden, false",
        "equals, gold, Gold, false",
        "contains, gold, marigolds, true",
        "contains, gold, MariGolds, false",
        "contains, gold, silver, false"
    })
    void a_condition_looks_at_the_very_text(String kind, String text, String value, boolean met) throws Exception {
        shop.shop().gigya().account("uid_ann").with("data.member", List.of("first", value));
        var mapping = roleMapping(Map.of("role", "member", "condition", kind, "value", text));

        mapping.update(user, mapped(mapping), account());

        assertThat(user.hasRole(member)).isEqualTo(met);
    }

    @Test
    void a_role_that_is_not_there_is_refused() {
        assertRefused("gigyaRoleMissing", Map.of("role", "nowhere"));
        assertRefused("gigyaRoleMissing", Map.of("role", ".member"));
        assertRefused("gigyaSettingRequired", Map.of());
    }

    @Test
    void a_role_of_a_client_is_named_with_the_client_whatever_dots_either_has() throws Exception {
        var client = shop.shop().keycloak().client("app.example.com");
        var admin = role("read.all", client);
        when(client.getRole("read.all")).thenReturn(admin);

        var mapping = roleMapping(Map.of("role", "app.example.com.read.all"));
        mapping.update(user, mapped(mapping), account());

        assertThat(user.hasRole(admin)).isTrue();
        assertRefused("gigyaRoleMissing", Map.of("role", "app.example.com.write"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "create-realm"})
    void a_role_that_makes_an_administrator_is_refused_unless_it_was_confirmed(String name) throws Exception {
        shop.shop().keycloak().realm().add(role(name, shop.shop().realm()));

        assertRefused("gigyaRoleAdministers", Map.of("role", name));
        assertThat(roleMapping(Map.of("role", name, "adminRightsConfirmed", "true")))
                .isNotNull();
    }

    @Test
    void a_role_of_realm_management_is_refused_and_one_of_an_app_is_not() throws Exception {
        ofClient("realm-management", "view-users", "shop");
        ofClient("app", "admin", "shop");

        assertRefused("gigyaRoleAdministers", Map.of("role", "realm-management.view-users"));
        assertThat(roleMapping(Map.of("role", "app.admin"))).isNotNull();
    }

    @Test
    void a_group_is_joined_and_left_as_the_account_says() throws Exception {
        var group = group("gold");
        var mapping = new GigyaGroupMapper.GroupMapping(condition("gold"), group);
        mapping.create(user, mapped(mapping), account());
        assertThat(user.getGroupsStream()).containsExactly(group);

        mapping.update(user, mapped(mapping), account());
        assertThat(user.getGroupsStream()).containsExactly(group);

        var writes = user.writes();
        var context = mapped(mapping);
        mapping.update(user, context, account());
        new GigyaGroupMapper.GroupMapping(condition("silver"), group).update(user, context, account());
        assertThat(user.getGroupsStream()).containsExactly(group);
        assertThat(user.writes()).isEqualTo(writes);

        new GigyaGroupMapper.GroupMapping(condition("silver"), group).update(user, mapped(mapping), account());
        assertThat(user.getGroupsStream()).isEmpty();
        new GigyaGroupMapper.GroupMapping(condition("silver"), group).create(user, mapped(mapping), account());
        assertThat(user.getGroupsStream()).isEmpty();
        assertThat(mapping.fields()).extracting(Object::toString).containsExactly("data.member");
    }

    private static ClaimCondition condition(String value) throws SettingsException {
        return ClaimCondition.parse(SettingsReader.ofConfig(Map.of("field", "data.member", "value", value)));
    }

    private Mapping roleMapping(Map<String, String> settings) throws SettingsException {
        var all = new HashMap<>(settings);
        all.put("field", "data.member");
        all.putIfAbsent("value", "gold");
        var mapper = shop.mapper("gigya-role-mapper", all);
        try {
            return new GigyaRoleMapper()
                    .mapping(mapper, shop.shop().session(), shop.shop().realm());
        } finally {
            shop.shop().keycloak().identityProviders().removeMapper(mapper);
        }
    }

    private BrokeredIdentityContext mapped(Mapping mapping) {
        assertThat(mapping.fields()).isNotEmpty();
        return new BrokeredIdentityContext("uid_ann", shop.model());
    }

    private BrokeredAccount account() throws Exception {
        shop.mapper("gigya-attribute-mapper", Map.of("field", "data.member", "user.attribute", "member"));
        return BrokeredAccount.of(shop.signIn("uid_ann")).orElseThrow();
    }

    private void assertRefused(String messageKey, Map<String, String> settings) {
        assertThatThrownBy(() -> roleMapping(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("gigyaSettingField[mapper my gigya-role-mapper")
                .hasMessageContaining(messageKey);
    }

    private void ofClient(String clientId, String name, String realmName) {
        var realm = mock(RealmModel.class);
        when(realm.getName()).thenReturn(realmName);
        ClientModel client = shop.shop().keycloak().client(clientId);
        when(client.getRealm()).thenReturn(realm);
        var role = role(name, client);
        when(client.getRole(name)).thenReturn(role);
    }

    private static RoleModel role(String name, RoleContainerModel container) {
        var role = mock(RoleModel.class);
        when(role.getId()).thenReturn("id of " + name);
        when(role.getName()).thenReturn(name);
        when(role.getContainer()).thenReturn(container);
        return role;
    }

    private static GroupModel group(String name) {
        var group = mock(GroupModel.class);
        when(group.getId()).thenReturn("id of " + name);
        when(group.getName()).thenReturn(name);
        return group;
    }
}
