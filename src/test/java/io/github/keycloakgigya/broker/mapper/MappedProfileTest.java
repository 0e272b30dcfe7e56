package io.github.keycloakgigya.broker.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.broker.account.AccountLinks;
import io.github.keycloakgigya.broker.mapper.GigyaMapper.MapperException;
import io.github.keycloakgigya.broker.mapper.MappedFields.UnaskedFieldException;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the attribute mapper and the user name mapper write. */
class MappedProfileTest {

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final InMemoryUser user = shop.shop().keycloak().addUser("1", "ann");

    @BeforeEach
    void open_an_account() {
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withEmail("ann@example.com")
                .with("data.colours", List.of("red", "blue"))
                .with("profile.nickname", "Annie");
    }

    @Test
    void all_values_become_the_attribute_and_none_remove_it() throws Exception {
        var mapper = attribute("data.colours", "colour");
        update(mapper, signIn());
        assertThat(user.getAttributeStream("colour")).containsExactly("red", "blue");

        var writes = user.writes();
        update(mapper, signIn());
        assertThat(user.writes()).isEqualTo(writes);

        shop.shop().gigya().account("uid_ann").without("data.colours");
        update(mapper, signIn());
        assertThat(user.getAttributeStream("colour")).isEmpty();
    }

    @Test
    void a_first_name_is_the_users_own_property() throws Exception {
        var mapper = attribute("profile.nickname", "firstName");
        var account = signIn();
        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getFirstName()).isEqualTo("Annie");

        update(mapper, account);
        assertThat(user.getFirstName()).isEqualTo("Annie");
    }

    @Test
    void a_last_name_is_the_users_own_property() throws Exception {
        var mapper = attribute("profile.nickname", "lastName");
        var account = signIn();
        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getLastName()).isEqualTo("Annie");

        update(mapper, account);
        assertThat(user.getLastName()).isEqualTo("Annie");
    }

    @ParameterizedTest
    @CsvSource({"username", "email", "gigya.uid", "LDAP_ID", "id"})
    void what_others_decide_is_no_attribute_of_a_mapper(String name) {
        var mapper = attribute("data.colours", name);

        assertThatThrownBy(() -> new GigyaAttributeMapper().check(session(), realm(), mapper))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void in_a_login_an_attribute_is_prepared_for_the_person_to_look_at() throws Exception {
        var mapper = attribute("data.colours", "colour");
        var account = signIn();
        account.setAuthenticationSession(shop.shop().keycloak().login());
        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getContextData().get("user.attributes.colour")).isEqualTo(List.of("red", "blue"));

        // The person may have changed it on the way: it is not written again.
        new GigyaAttributeMapper().importNewUser(session(), realm(), user, mapper, account);
        assertThat(user.getAttributeStream("colour")).isEmpty();
    }

    @Test
    void without_a_login_a_new_user_gets_the_attribute_at_once() throws Exception {
        var mapper = attribute("data.colours", "colour");
        var account = signIn();
        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getContextData()).doesNotContainKey("user.attributes.colour");

        new GigyaAttributeMapper().importNewUser(session(), realm(), user, mapper, account);
        assertThat(user.getAttributeStream("colour")).containsExactly("red", "blue");
    }

    @Test
    void a_federations_user_who_was_linked_a_moment_ago_gets_the_attribute_in_a_login_too() throws Exception {
        var mapper = attribute("data.colours", "colour");
        var account = signIn();
        account.setAuthenticationSession(shop.shop().keycloak().login());
        AccountLinks.noteFirst(account);

        new GigyaAttributeMapper().importNewUser(session(), realm(), user, mapper, account);

        assertThat(user.getAttributeStream("colour")).containsExactly("red", "blue");
    }

    @Test
    void a_field_that_gigya_was_not_asked_for_is_never_taken_for_an_empty_one() throws Exception {
        var account = signIn();
        var mapper = attribute("data.colours", "colour");

        assertThatThrownBy(() ->
                        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, account))
                .isInstanceOf(UnaskedFieldException.class);
    }

    @Test
    void a_mapper_that_was_broken_meanwhile_writes_nothing_and_stops_a_sign_in_before() throws Exception {
        var mapper = attribute("data.colours", "colour");
        var account = signIn();
        mapper.getConfig().remove("field");

        assertThatThrownBy(() ->
                        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, account))
                .isInstanceOf(MapperException.class);
        update(mapper, account);
        new GigyaAttributeMapper().importNewUser(session(), realm(), user, mapper, account);
        assertThat(user.getAttributeStream("colour")).isEmpty();
    }

    @Test
    void a_sign_in_through_another_provider_says_nothing_to_these_mappers() {
        var mapper = attribute("data.colours", "colour");
        var other = new BrokeredIdentityContext("uid_ann", shop.model());

        new GigyaAttributeMapper().preprocessFederatedIdentity(session(), realm(), mapper, other);
        update(mapper, other);
        new GigyaAttributeMapper().importNewUser(session(), realm(), user, mapper, other);

        assertThat(user.getAttributeStream("colour")).isEmpty();
    }

    @Test
    void a_sync_mode_that_keycloak_does_not_know_is_refused() {
        var mapper = attribute("data.colours", "colour");
        mapper.getConfig().put("syncMode", "SOMETIMES");

        assertThatThrownBy(() -> new GigyaAttributeMapper().check(session(), realm(), mapper))
                .isInstanceOf(SettingsException.class);
    }

    @Test
    void a_name_is_made_by_the_template_for_new_and_for_known_users() throws Exception {
        var mapper = username("${ALIAS}.${profile.nickname}");
        var account = signIn();
        new GigyaUsernameMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getModelUsername()).isEqualTo("gigya-idp.annie");

        updateName(mapper, account);
        assertThat(user.getUsername()).isEqualTo("gigya-idp.annie");
    }

    @Test
    void an_account_that_lacks_the_field_keeps_the_providers_name() throws Exception {
        var mapper = username("${profile.nickname}");
        shop.shop().gigya().account("uid_ann").without("profile.nickname");
        var account = signIn();

        new GigyaUsernameMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);

        assertThat(account.getModelUsername()).isEqualTo(account.getUsername());
    }

    @Test
    void nobody_gets_a_name_that_is_another_users_name_or_address() throws Exception {
        var mapper = username("${profile.nickname}");
        shop.shop().keycloak().addUser("2", "annie");
        updateName(mapper, signIn());
        assertThat(user.getUsername()).isEqualTo("ann");

        shop.shop().gigya().account("uid_ann").withVerifiedEmail("ben@example.com");
        var account = signIn();
        shop.shop().keycloak().addUser("3", "ben").setEmail("ben@example.com");
        updateName(username("${profile.email}"), account);
        assertThat(user.getUsername()).isEqualTo("ann");
    }

    @Test
    void an_address_that_the_account_only_typed_is_no_name() throws Exception {
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "ben@example.com");

        updateName(username("${profile.nickname}"), signIn());

        assertThat(user.getUsername()).isEqualTo("ann");
    }

    @Test
    void a_new_user_does_not_get_a_name_that_is_anothers_address() throws Exception {
        var mapper = username("${profile.nickname}");
        shop.model().getConfig().put("usernameField", "profile.nickname");
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withLogin("ben@example.com", "password")
                .with("profile.nickname", "ben@example.com");
        var account = signIn();
        shop.shop().keycloak().addUser("3", "ben").setEmail("ben@example.com");

        new GigyaUsernameMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getModelUsername()).isNull();

        shop.shop().keycloak().link(user, BrokeredShop.ALIAS, "uid_ann");
        new GigyaUsernameMapper().preprocessFederatedIdentity(session(), realm(), mapper, account);
        assertThat(account.getModelUsername()).isEqualTo("ben@example.com");
    }

    @Test
    void a_name_stays_where_the_address_is_the_name_or_it_is_the_same() throws Exception {
        var mapper = username("${profile.nickname}");
        shop.shop().keycloak().realm().setRegistrationEmailAsUsername(true);
        updateName(mapper, signIn());
        assertThat(user.getUsername()).isEqualTo("ann");

        shop.shop().keycloak().realm().setRegistrationEmailAsUsername(false);
        updateName(mapper, signIn());
        var writes = user.writes();
        updateName(mapper, signIn());
        assertThat(user.getUsername()).isEqualTo("annie");
        assertThat(user.writes()).isEqualTo(writes);
    }

    @Test
    void a_template_that_cannot_be_used_is_refused() {
        assertThatThrownBy(() -> new GigyaUsernameMapper().check(session(), realm(), username("everybody")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("template");
    }

    private IdentityProviderMapperModel attribute(String field, String name) {
        return shop.mapper("gigya-attribute-mapper", Map.of("field", field, "user.attribute", name));
    }

    private IdentityProviderMapperModel username(String template) {
        return shop.mapper("gigya-username-mapper", Map.of("template", template));
    }

    private BrokeredIdentityContext signIn() throws Exception {
        return shop.signIn("uid_ann");
    }

    private void update(IdentityProviderMapperModel mapper, BrokeredIdentityContext account) {
        new GigyaAttributeMapper().updateBrokeredUser(session(), realm(), user, mapper, account);
    }

    private void updateName(IdentityProviderMapperModel mapper, BrokeredIdentityContext account) {
        new GigyaUsernameMapper().updateBrokeredUser(session(), realm(), user, mapper, account);
    }

    private KeycloakSession session() {
        return shop.shop().session();
    }

    private RealmModel realm() {
        return shop.shop().realm();
    }
}
