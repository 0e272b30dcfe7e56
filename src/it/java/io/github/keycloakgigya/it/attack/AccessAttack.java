package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.KeycloakRefusal.INVALID_REQUEST;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.NOT_ALLOWED;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.NO_EVENT;
import static io.github.keycloakgigya.it.realm.Refusal.ACCOUNT_DISABLED;
import static io.github.keycloakgigya.it.realm.Refusal.ACCOUNT_INCOMPLETE;
import static io.github.keycloakgigya.it.realm.Refusal.ACCOUNT_NOT_FOUND;
import static io.github.keycloakgigya.it.realm.Refusal.GIGYA_MISCONFIGURED;
import static io.github.keycloakgigya.it.realm.Refusal.PROOF_INVALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.it.realm.App;
import io.github.keycloakgigya.it.realm.AttackedRealm;
import io.github.keycloakgigya.it.realm.Attempt;
import io.github.keycloakgigya.it.realm.AttemptEvents;
import io.github.keycloakgigya.it.realm.BrokeredRealm;
import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Forger;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.simulator.Account;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Good proofs of accounts whose owners may not sign in, or where nobody may. */
enum AccessAttack implements Attack {
    DISABLED_USER("whose user an administrator disabled in Keycloak", ACCOUNT_DISABLED, realm -> {
        var account = realm.addAccount();
        var id = realm.introduce(account).subject();
        new UserAdmin(realm.realm()).change(id, user -> user.put("enabled", false));
        return attempt(realm, account);
    }),
    DISABLED_ACCOUNT("whose account is disabled in Gigya", ACCOUNT_DISABLED, realm -> {
        var account = realm.addAccount();
        realm.introduce(account);
        account.setActive(false);
        return attempt(realm, account);
    }),
    UNFINISHED_ACCOUNT(
            "whose registration at Gigya is not finished",
            ACCOUNT_INCOMPLETE,
            realm -> attempt(
                    realm,
                    realm.realm()
                            .site()
                            .add(Account.builder()
                                    .unverifiedEmail(UUID.randomUUID() + "@example.com")
                                    .pendingRegistration()))),
    UNKNOWN_ACCOUNT("with a UID of quotes that nobody has", ACCOUNT_NOT_FOUND, realm -> {
        var entrant = realm.enter();
        var site = realm.realm().site();
        var forger = Forger.of(realm.realm().simulator(), site, "' or '1'='1\" --", entrant.audience());
        return realm.attempt(entrant, Form.of("id_token", forger.token().signed()));
    }),
    DISABLED_PROVIDER("after the user federation or identity provider was disabled", GIGYA_MISCONFIGURED, realm -> {
        var entrant = realm.enter();
        var proof = realm.goodProof(realm.victim(), entrant);
        realm.door().setEnabled(realm.realm(), false);
        try {
            return realm.attempt(entrant, proof);
        } finally {
            realm.door().setEnabled(realm.realm(), true);
        }
    }),
    LINK_ONLY_PROVIDER("after the identity provider was made one for linking only", PROOF_INVALID, realm -> {
        var entrant = realm.enter();
        var proof = realm.goodProof(realm.victim(), entrant);
        var provider = BrokeredRealm.at(realm.realm());
        provider.configure(Map.of("$linkOnly", "true"));
        try {
            return realm.attempt(entrant, proof);
        } finally {
            provider.configure(Map.of("$linkOnly", "false"));
        }
    }),
    ADMIN_ROLE("whose account a role mapper is told to give the role admin", GIGYA_MISCONFIGURED, realm -> {
        var account = realm.addAccount();
        account.setData("level", "gold");
        realm.introduce(account);
        var provider = BrokeredRealm.at(realm.realm());
        new UserAdmin(realm.realm()).addRealmRole("admin");
        provider.importMapper("gigya-role-mapper", Map.of("field", "data.level", "value", "gold", "role", "admin"));
        try {
            return attempt(realm, account);
        } finally {
            provider.removeMappers();
            new UserAdmin(realm.realm()).deleteRealmRole("admin");
        }
    }),
    STRANGER("with a client that may not", NOT_ALLOWED, realm -> {
        var app = (App) realm.enter();
        var stranger = app.as(realm.door().stranger());
        return realm.attempt(stranger, realm.goodProof(realm.victim(), app));
    });

    private final String what;
    private final Outcome outcome;
    private final Function<AttackedRealm, Attempt> attack;

    AccessAttack(String what, Outcome outcome, Function<AttackedRealm, Attempt> attack) {
        this.what = what;
        this.outcome = outcome;
        this.attack = attack;
    }

    private static Attempt attempt(AttackedRealm realm, Account account) {
        var entrant = realm.enter();
        return realm.attempt(entrant, realm.goodProof(account, entrant));
    }

    @Override
    public Optional<String> excuse(Door door) {
        if ((this == LINK_ONLY_PROVIDER || this == ADMIN_ROLE) && !door.isOfProvider()) {
            return Optional.of("there is no identity provider");
        }
        if (this == STRANGER && door.hasPage()) {
            return Optional.of("whether a client may send people there is up to Keycloak's own address for that");
        }
        return Attack.super.excuse(door);
    }

    @Override
    public Outcome outcome(Door door) {
        if (this == DISABLED_PROVIDER && door.isOfProvider()) {
            return door == Door.JWT_AUTHORIZATION_GRANT ? INVALID_REQUEST : NO_EVENT;
        }
        if (this == STRANGER && door == Door.JWT_AUTHORIZATION_GRANT) {
            return INVALID_REQUEST;
        }
        return outcome;
    }

    @Override
    public void at(AttackScene scene) {
        var attempt = attack.apply(scene.realm());
        if (this == LINK_ONLY_PROVIDER && scene.door().hasPage()) {
            // The page has a text of its own for that.
            attempt.gotNowhere();
            assertThat(attempt.answer().text()).contains("only once it is linked");
            new AttemptEvents(attempt.posted(), attempt.events())
                    .tellOnly(PROOF_INVALID, "IDENTITY_PROVIDER_LOGIN_ERROR");
        } else {
            outcome(scene.door()).of(this == DISABLED_ACCOUNT ? attempt.withoutWhomItDisabled() : attempt);
        }
    }

    @Override
    public String toString() {
        return what;
    }
}
