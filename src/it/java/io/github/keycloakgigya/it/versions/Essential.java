package io.github.keycloakgigya.it.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.BrokeredApps;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.ConnectionTester;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordAttempt;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.it.realm.SyncedRealm;
import io.github.keycloakgigya.it.realm.TokenDoor;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.util.Map;

/** What has to work on every Keycloak that is supported, tried as a person or an administrator would. */
enum Essential {
    LOGIN("sign-in") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var realm = GigyaRealm.create(keycloak, simulator)) {
                var account = realm.site().add(BrokeredRealm.person("maria"));

                var first = realm.signIn(account);
                var second = realm.signIn(account);

                assertThat(second.subject()).isEqualTo(first.subject());
                assertThat(second.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
                assertThat(second.accessClaims().path("given_name").asText()).isEqualTo("Maria");
            }
        }
    },
    PASSWORD("typed password") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var realm = PasswordRealm.create(keycloak, simulator, Map.of())) {
                var person = realm.newPerson();

                for (var door : PasswordAttempt.Door.values()) {
                    assertThat(door.attempt(realm, person.email(), PasswordRealm.PASSWORD)
                                    .isIn())
                            .isTrue();
                    assertThat(door.attempt(realm, person.email(), "another one")
                                    .isIn())
                            .isFalse();
                }
            }
        }
    },
    DIRECT_GRANT("direct grant") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var apps = AppRealm.create(keycloak, simulator)) {
                var account = apps.account("mobile");

                assertThat(apps.signIn(account).accessClaims().path("gigya.uid").asText())
                        .isEqualTo(account.uid());
            }
        }
    },
    SYNC("sync") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var realm = SyncedRealm.create(
                    keycloak, simulator, Map.of("syncRemovesMissing", "true", "removalLimitPercent", "100"))) {
                var accounts = realm.addAccounts(25);
                var subject = realm.realm().signIn(accounts.get(0)).subject();

                assertThat(realm.full()).matches(done -> done.added() == 24 && done.failed() == 0);
                assertThat(realm.userOf(accounts.get(0)).path("id").asText()).isEqualTo(subject);
                assertThat(realm.full())
                        .matches(done -> done.added() + done.updated() + done.removed() + done.failed() == 0);

                accounts.get(3).setProfile("firstName", "Changed");
                assertThat(realm.changed().updated()).isEqualTo(1);
                assertThat(realm.userOf(accounts.get(3)).path("firstName").asText())
                        .isEqualTo("Changed");

                realm.realm().site().delete(accounts.get(7));
                assertThat(realm.full().failed()).isZero();
                assertThat(realm.userOf(accounts.get(7)).path("enabled").asBoolean())
                        .isFalse();
            }
        }
    },
    IDENTITY_PROVIDER("identity provider") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var realm = BrokeredRealm.create(keycloak, simulator, Map.of())) {
                realm.addMapper("gigya-attribute-mapper", Map.of("field", "profile.city", "user.attribute", "town"));
                var account =
                        realm.realm().site().add(BrokeredRealm.person("maria").profile("city", "Bern"));

                var first = realm.signIn(account);
                var second = realm.signIn(account);

                assertThat(second.subject()).isEqualTo(first.subject());
                assertThat(second.accessClaims().path("gigya.uid").asText()).isEqualTo(account.uid());
                assertThat(second.accessClaims().path("email_verified").asBoolean())
                        .isTrue();
                assertThat(new UserAdmin(realm.realm())
                                .byId(second.subject())
                                .at("/attributes/town/0")
                                .asText())
                        .isEqualTo("Bern");
            }
        }
    },
    SETTINGS("settings") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var realm = BrokeredRealm.withFederation(keycloak, simulator, Map.of(), Map.of())) {
                realm.realm().site().add(BrokeredRealm.person("anybody").data("memberNumber", 1));
                var tester = new ConnectionTester(realm.realm());
                assertThat(ConnectionTester.statuses(tester.test(tester.saved())))
                        .isNotEmpty()
                        .containsOnly("ok");

                var provider =
                        realm.realm().admin().get(realm.path()).succeeded().body();
                assertThat(provider.at("/config/clientSecret").asText()).isEqualTo("**********");

                var site = realm.realm().site();
                var refused = realm.realm()
                        .admin()
                        .post(realm.providers(), realm.provider("other", site, Map.of("clientId", "1_nonsense")));
                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.body().path("errorMessage").asText()).contains("must hold the API key of a site");
            }
        }
    },
    TOKEN_EXCHANGE("token exchange") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var apps = BrokeredApps.create(keycloak, simulator, TokenDoor.TOKEN_EXCHANGE, Map.of())) {
                hasTokens(apps, apps.account("exchanged"));
            }
        }
    },
    AUTHORIZATION_GRANT("JWT authorization grant") {
        @Override
        void tryOut(KeycloakServer keycloak, GigyaSimulator simulator) {
            try (var apps = BrokeredApps.create(keycloak, simulator, TokenDoor.JWT_AUTHORIZATION_GRANT, Map.of())) {
                var account = apps.account("granted");
                // Keycloak creates nobody at this door.
                apps.brokered().signIn(account);

                hasTokens(apps, account);
            }
        }
    };

    /** Features that have to be switched on in some version: a preview there, or one that asks for another. */
    static final String[] FEATURES = {"token-exchange", "admin-fine-grained-authz:v1", "jwt-authorization-grant"};

    private final String title;

    Essential(String title) {
        this.title = title;
    }

    /** {@return what a table calls it} */
    String title() {
        return title;
    }

    /** Fails where it does not work on this server. */
    abstract void tryOut(KeycloakServer keycloak, GigyaSimulator simulator);

    private static void hasTokens(BrokeredApps apps, Account account) {
        assertThat(apps.signIn(account).accessClaims().path("gigya.uid").asText())
                .isEqualTo(account.uid());
    }
}
