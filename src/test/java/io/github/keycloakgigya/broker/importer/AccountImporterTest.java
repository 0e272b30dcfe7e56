package io.github.keycloakgigya.broker.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.SettingsException;
import jakarta.ws.rs.WebApplicationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderMapperSyncMode;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.resources.IdentityBrokerService;

/** Keycloak's own OIDC provider, whose sign-ins bring the account along. */
class AccountImporterTest {

    private static final String OIDC = "oidc-of-gigya";
    private static final String ISSUER = "https://fidm.us1.gigya.com/oidc/op/v1.0/" + InMemoryGigya.API_KEY;

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());
    private final GigyaAccountImporter importer = new GigyaAccountImporter();
    private IdentityProviderModel oidc;
    private IdentityProviderMapperModel mapper;

    @BeforeEach
    void point_keycloaks_own_provider_at_the_site() {
        oidc = new IdentityProviderModel();
        oidc.setInternalId("id of oidc");
        oidc.setAlias(OIDC);
        oidc.setProviderId("oidc");
        oidc.setEnabled(true);
        oidc.setConfig(new HashMap<>(Map.of(
                "validateSignature",
                "true",
                "clientId",
                "client of keycloak",
                "useJwksUrl",
                "true",
                "jwksUrl",
                ISSUER + "/.well-known/jwks")));
        shop.shop().keycloak().identityProviders().create(oidc);
        mapper = shop.mapper(OIDC, "gigya-account-importer", Map.of("source", BrokeredShop.ALIAS));
        shop.shop()
                .gigya()
                .account("uid_ann")
                .withVerifiedEmail("ann@example.com")
                .with("profile.firstName", "Ann")
                .with("profile.lastName", "Example")
                .with("data.colours", List.of("red", "blue"));
    }

    @Test
    void a_new_user_is_described_by_the_account_and_not_by_the_token() throws Exception {
        var context = signedIn();
        context.setEmail("token@example.com");

        preprocess(context);

        assertThat(context.getFirstName()).isEqualTo("Ann");
        assertThat(context.getLastName()).isEqualTo("Example");
        assertThat(context.getEmail()).isEqualTo("ann@example.com");
        assertThat(BrokeredAccount.of(context).orElseThrow().verifiedEmail()).contains("ann@example.com");
        assertThat(token(context).getOtherClaims()).containsEntry("email_verified", true);
    }

    @Test
    void an_address_that_nobody_verified_is_not_described_where_no_page_asks_for_a_proof() throws Exception {
        shop.shop().gigya().account("uid_ann").withEmail("unverified@example.com");
        var context = signedIn();

        preprocess(context);

        assertThat(context.getEmail()).isNull();
        assertThat(token(context).getOtherClaims()).containsEntry("email_verified", false);
    }

    @Test
    void a_token_of_another_issuer_or_client_or_about_another_person_proves_nothing() {
        assertRefused("proof_invalid", context -> token(context).issuer("https://evil.example.com/"));
        assertRefused("proof_invalid", context -> token(context).issuer(null));
        assertRefused("proof_invalid", context -> token(context).audience("another client"));
        assertRefused("proof_invalid", context -> token(context).subject("uid_eve"));
        assertRefused("proof_invalid", context -> token(context).subject(null));
        assertRefused("proof_invalid", context -> context.setId("uid_eve"));
        assertRefused("proof_invalid", context -> context.getContextData().clear());
        assertThat(shop.shop().gigya().calls()).isEmpty();
    }

    @Test
    void another_site_of_the_group_may_have_issued_the_token() throws Exception {
        var other = "3_" + "b".repeat(64);
        shop.model().getConfig().put("siteGroupApiKeys", other);
        var context = signedIn();
        token(context).issuer("https://fidm.us1.gigya.com/oidc/op/v1.0/" + other);

        preprocess(context);

        assertThat(context.getFirstName()).isEqualTo("Ann");
    }

    @ParameterizedTest
    @CsvSource({
        "ACCOUNT_NOT_FOUND, account_not_found, 400",
        "ACCOUNT_DISABLED, account_disabled, 400",
        "UNAVAILABLE, gigya_unavailable, 503",
        "MISCONFIGURED, gigya_misconfigured, 500"
    })
    void an_account_that_cannot_be_read_signs_nobody_in(FailureKind failure, String error, int status) {
        shop.shop().gigya().fail("getJwt", failure);
        var context = signedIn();

        assertThatThrownBy(() -> preprocess(context))
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        refused -> assertThat(refused.getResponse().getStatus()).isEqualTo(status));
        assertThat(shop.shop().keycloak().events()).singleElement().satisfies(event -> {
            assertThat(event.getDetails())
                    .containsEntry("gigya_error", error)
                    .containsEntry("gigya_uid", "uid_ann")
                    .containsEntry("identity_provider", OIDC);
            assertThat(event.getType().name()).isEqualTo("TOKEN_EXCHANGE_ERROR");
        });
    }

    @Test
    void a_source_that_cannot_be_used_signs_nobody_in() {
        shop.model().setEnabled(false);

        assertRefused("gigya_misconfigured", context -> {});
    }

    @Test
    void a_provider_that_does_not_verify_signatures_is_refused() throws Exception {
        oidc.getConfig().remove("validateSignature");
        assertUnusable("gigyaImporterUnverified");

        oidc.getConfig().put("validateSignature", "false");
        assertUnusable("gigyaImporterUnverified");

        oidc.getConfig().put("validateSignature", "true");
        importer.check(session(), realm(), mapper);
    }

    @Test
    void a_provider_of_another_kind_is_refused() {
        oidc.setProviderId("keycloak-oidc");
        assertUnusable("gigyaImporterWrongProvider");

        mapper.setIdentityProviderAlias("nowhere");
        assertUnusable("gigyaImporterWrongProvider");
    }

    @Test
    void a_second_importer_at_one_provider_is_refused() {
        var second = shop.mapper(OIDC, "gigya-account-importer", Map.of("source", BrokeredShop.ALIAS));
        second.setId("second");

        assertUnusable("gigyaImporterTwice");
    }

    @Test
    void other_mappers_beside_the_importer_are_no_matter() throws Exception {
        shop.mapper(OIDC, "oidc-role-idp-mapper", Map.of());

        importer.check(session(), realm(), mapper);
    }

    @Test
    void the_source_is_an_enabled_provider_of_this_extension_or_a_federation() throws Exception {
        source("nowhere");
        assertUnusable("gigyaSourceMissing");
        source(OIDC);
        assertUnusable("gigyaSourceMissing");

        shop.shop().federation(Map.of());
        source(Shop.FEDERATION);
        importer.check(session(), realm(), mapper);

        shop.shop().federation(Map.of("enabled", "false"));
        assertUnusable("gigyaFederationDisabled");

        source(BrokeredShop.ALIAS);
        shop.model().setEnabled(false);
        assertUnusable("gigyaSourceDisabled");

        mapper.getConfig().remove("source");
        assertUnusable("gigyaSettingRequired");
    }

    @Test
    void who_has_left_a_federation_of_the_site_is_told_so_and_gets_no_second_user() throws Exception {
        shop.shop().federation(Map.of());
        var user = shop.shop().keycloak().addUser(new UserIds(Shop.FEDERATION).of(new Uid("uid_ann")), "ann");
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        new ReleaseMark(session(), realm(), Shop.FEDERATION).put(user);
        var context = signedIn();

        assertThatThrownBy(() -> preprocess(context)).isInstanceOf(WebApplicationException.class);
        assertThat(shop.shop().keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("gigya_error", "account_released"));
    }

    @Test
    void a_new_account_that_would_be_taken_for_another_user_is_refused() {
        map("profile.nickname", "username");
        signsInBy("ben@example.com");
        shop.shop().keycloak().addUser("2", "ben").setEmail("ben@example.com");

        assertRefused("account_conflict", context -> {});
    }

    @Test
    void a_name_that_is_an_address_which_the_account_only_typed_is_nobodys_and_the_uid_is_the_name() throws Exception {
        map("profile.nickname", "username");
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "ben@example.com");
        shop.shop().keycloak().addUser("2", "ben").setEmail("ben@example.com");
        var context = signedIn();

        preprocess(context);

        assertThat(context.getModelUsername()).isEqualTo("uid_ann");
    }

    @Test
    void a_mapped_name_is_that_of_a_new_user() throws Exception {
        map("profile.nickname", "username");
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "Annie");
        var context = signedIn();
        context.setEmail("token@example.com");

        preprocess(context);

        assertThat(context.getUsername()).isEqualTo("annie");
        assertThat(context.getModelUsername()).isEqualTo("annie");
        assertThat(context.getEmail()).isEqualTo("token@example.com");
    }

    @Test
    void a_mapped_attribute_is_described_to_the_page_of_a_new_user() throws Exception {
        map("data.colours", "colour");
        var context = signedIn();

        preprocess(context);

        assertThat(context.getContextData().get("user.attributes.colour")).isEqualTo(List.of("red", "blue"));
    }

    @Test
    void a_known_users_own_name_is_no_conflict() throws Exception {
        map("profile.nickname", "username");
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "ann");
        linked();

        preprocess(signedIn());
    }

    @Test
    void a_name_that_is_anothers_address_is_refused_for_a_known_user_too() {
        map("profile.nickname", "username");
        signsInBy("ben@example.com");
        shop.shop().keycloak().addUser("2", "ben").setEmail("ben@example.com");
        linked();

        assertRefused("account_conflict", context -> {});
    }

    @Test
    void a_known_user_gets_the_mapped_name_unless_somebody_took_it_meanwhile() throws Exception {
        map("profile.nickname", "username");
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "annie");
        var user = linked();
        var context = signedIn();
        preprocess(context);
        var taker = shop.shop().keycloak().addUser("2", "annie");
        importer.updateBrokeredUser(session(), realm(), user, mapper, context);
        assertThat(user.getUsername()).isEqualTo("ann");

        taker.setUsername("other");
        importer.updateBrokeredUser(session(), realm(), user, mapper, context);
        assertThat(user.getUsername()).isEqualTo("annie");
    }

    @Test
    void a_known_users_names_are_overwritten() throws Exception {
        var user = linked();
        user.setFirstName("Old");
        var context = signedIn();
        preprocess(context);

        importer.updateBrokeredUser(session(), realm(), user, mapper, context);

        assertThat(user.getFirstName()).isEqualTo("Ann");
        assertThat(user.getLastName()).isEqualTo("Example");
    }

    @Test
    void an_address_that_the_user_has_already_becomes_verified_and_one_that_is_not_said_stays() throws Exception {
        var user = linked();
        user.setEmail("ann@example.com");
        oidc.getConfig().put("syncMode", "FORCE");
        var context = signedIn();
        preprocess(context);
        BrokeredAccount read = BrokeredAccount.of(context).orElseThrow();
        new BrokeredAccount(
                        read.uid(),
                        read.username(),
                        Optional.of(new AddressRule.Email("ann@example.com", true)),
                        read.fields())
                .leaveIn(context);

        importer.updateBrokeredUser(session(), realm(), user, mapper, context);

        assertThat(user.isEmailVerified()).isTrue();
    }

    @Test
    void where_the_mapper_writes_only_new_users_a_known_one_may_keep_what_is_anothers() throws Exception {
        mapper.setSyncMode(IdentityProviderMapperSyncMode.IMPORT);
        shop.shop().keycloak().addUser("2", "ben").setEmail("ann@example.com");
        linked();

        preprocess(signedIn());
    }

    @Test
    void who_is_about_to_link_the_account_is_known() throws Exception {
        var user = shop.shop().keycloak().addUser("1", "ann");
        var login = shop.shop().keycloak().login();
        login.setAuthNote(IdentityBrokerService.LINKING_IDENTITY_PROVIDER, "x");
        login.setAuthenticatedUser(user);
        var context = signedIn();
        context.setAuthenticationSession(login);

        preprocess(context);

        assertThat(context.getFirstName()).isNull();
    }

    @Test
    void an_account_that_a_login_cannot_hold_signs_nobody_in() {
        map("data.colours", "colour");
        shop.shop().gigya().account("uid_ann").with("data.colours", List.of("x".repeat(40_000), "y".repeat(40_000)));

        assertRefused("gigya_unavailable", context -> {});
    }

    @Test
    void a_new_user_gets_the_uid_and_the_mapped_attributes() throws Exception {
        map("data.colours", "colour");
        var user = shop.shop().keycloak().addUser("1", "ann");
        var context = signedIn();
        preprocess(context);

        importer.importNewUser(session(), realm(), user, mapper, context);

        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");
        assertThat(user.getAttributeStream("colour")).containsExactly("red", "blue");
        assertThat(shop.shop().counted("keycloak.gigya.sign.ins", "door", "account_importer", "outcome", "success"))
                .isEqualTo(1);
    }

    @Test
    void a_known_users_new_name_that_is_anothers_is_refused_where_it_would_be_written() {
        map("profile.nickname", "username");
        shop.shop().gigya().account("uid_ann").with("profile.nickname", "ben");
        shop.shop().keycloak().addUser("2", "ben");
        linked();

        assertRefused("account_conflict", context -> {});
    }

    @Test
    void a_known_users_new_address_that_is_anothers_is_refused_where_it_would_be_written() {
        shop.shop().keycloak().addUser("2", "ben").setEmail("ann@example.com");
        linked();

        assertRefused("account_conflict", context -> {});
    }

    @Test
    void nothing_of_a_known_user_is_described_since_the_mapper_alone_writes() throws Exception {
        linked();
        var context = signedIn();

        preprocess(context);

        assertThat(context.getFirstName()).isNull();
        assertThat(context.getLastName()).isNull();
        assertThat(context.getEmail()).isNull();
    }

    @Test
    void a_known_user_is_overwritten_and_what_the_account_lacks_is_removed() throws Exception {
        map("data.colours", "colour");
        var user = linked();
        user.setSingleAttribute("colour", "green");
        var context = signedIn();
        preprocess(context);

        importer.updateBrokeredUser(session(), realm(), user, mapper, context);

        assertThat(user.getAttributeStream("colour")).containsExactly("red", "blue");
        assertThat(user.getFirstAttribute("gigya.uid")).isEqualTo("uid_ann");

        shop.shop().gigya().account("uid_ann").without("data.colours");
        var later = signedIn();
        preprocess(later);
        importer.updateBrokeredUser(session(), realm(), user, mapper, later);
        assertThat(user.getAttributeStream("colour")).isEmpty();
    }

    @Test
    void a_known_users_address_is_written_with_what_gigya_says_of_it_and_never_taken_from_another() throws Exception {
        var user = linked();
        user.setEmail("old@example.com");
        user.setEmailVerified(true);
        var context = signedIn();
        preprocess(context);
        importer.updateBrokeredUser(session(), realm(), user, mapper, context);
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
        assertThat(user.isEmailVerified()).isTrue();

        shop.shop().gigya().account("uid_ann").withVerifiedEmail("new@example.com");
        var later = signedIn();
        preprocess(later);
        // Somebody takes the address while this person signs in.
        shop.shop().keycloak().addUser("2", "ben").setEmail("new@example.com");
        importer.updateBrokeredUser(session(), realm(), user, mapper, later);
        assertThat(user.getEmail()).isEqualTo("ann@example.com");
    }

    @Test
    void a_new_users_address_is_verified_where_it_is_still_the_accounts() throws Exception {
        var user = shop.shop().keycloak().addUser("1", "ann");
        var context = signedIn();
        preprocess(context);
        user.setEmail("ann@example.com");
        importer.importNewUser(session(), realm(), user, mapper, context);
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(context.getEmail()).isNull();

        user.setEmail("typed@example.com");
        importer.importNewUser(session(), realm(), user, mapper, context);
        assertThat(user.isEmailVerified()).isFalse();
    }

    @Test
    void an_address_that_the_person_typed_on_the_page_is_not_verified() throws Exception {
        var user = shop.shop().keycloak().addUser("1", "ann");
        var context = signedIn();
        preprocess(context);
        var login = shop.shop().keycloak().login();
        login.setAuthNote(AbstractIdentityProvider.UPDATE_PROFILE_EMAIL_CHANGED, "true");
        context.setAuthenticationSession(login);
        user.setEmail("ann@example.com");

        importer.importNewUser(session(), realm(), user, mapper, context);

        assertThat(user.isEmailVerified()).isFalse();
    }

    private interface Change {
        void of(BrokeredIdentityContext context);
    }

    private void assertRefused(String error, Change change) {
        shop.shop().keycloak().events().clear();
        var context = signedIn();
        change.of(context);
        assertThatThrownBy(() -> preprocess(context)).isInstanceOf(WebApplicationException.class);
        assertThat(shop.shop().keycloak().events())
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("gigya_error", error));
    }

    private void assertUnusable(String messageKey) {
        assertThatThrownBy(() -> importer.check(session(), realm(), mapper))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        refused -> assertThat(refused.messageKey()).isEqualTo(messageKey));
    }

    private void signsInBy(String address) {
        shop.shop().gigya().account("uid_ann").withLogin(address, "password").with("profile.nickname", address);
    }

    private void source(String name) {
        mapper.getConfig().put("source", name);
    }

    private void map(String field, String attribute) {
        mapper.getConfig().put("fieldMappings", "[{\"key\":\"%s\",\"value\":\"%s\"}]".formatted(field, attribute));
    }

    private InMemoryUser linked() {
        var user = shop.shop().keycloak().addUser("1", "ann");
        shop.shop().keycloak().link(user, OIDC, "uid_ann");
        return user;
    }

    private BrokeredIdentityContext signedIn() {
        var context = new BrokeredIdentityContext("uid_ann", oidc);
        context.setUsername("uid_ann");
        var token = new JsonWebToken().issuer(ISSUER).subject("uid_ann").audience("client of keycloak");
        context.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, token);
        return context;
    }

    private static JsonWebToken token(BrokeredIdentityContext context) {
        return (JsonWebToken) context.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN);
    }

    private void preprocess(BrokeredIdentityContext context) {
        importer.preprocessFederatedIdentity(session(), realm(), mapper, context);
    }

    private KeycloakSession session() {
        return shop.shop().session();
    }

    private RealmModel realm() {
        return shop.shop().realm();
    }
}
