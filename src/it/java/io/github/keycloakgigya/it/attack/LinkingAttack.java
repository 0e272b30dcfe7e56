package io.github.keycloakgigya.it.attack;

import static io.github.keycloakgigya.it.realm.KeycloakRefusal.INVALID_REQUEST;
import static io.github.keycloakgigya.it.realm.KeycloakRefusal.WRONG_PASSWORD;
import static io.github.keycloakgigya.it.realm.Refusal.ACCOUNT_CONFLICT;

import io.github.keycloakgigya.it.realm.Door;
import io.github.keycloakgigya.it.realm.Entrant;
import io.github.keycloakgigya.it.realm.Outcome;
import io.github.keycloakgigya.it.realm.OwnUser;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.AccountBuilder;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Accounts that bring the e-mail address of a local user, or nearly so. */
enum LinkingAttack implements Attack {
    UNVERIFIED(
            "with a local user's address that Gigya has not verified",
            true,
            mail -> account().unverifiedEmail(mail)),
    VERIFIED(
            "with a local user's address that Gigya verified, and the local user never did",
            false,
            mail -> account().verifiedEmail(mail)),
    UPPER_CASE(
            "with a local user's address in capitals",
            true,
            mail -> account().verifiedEmail(mail.toUpperCase(Locale.ROOT))),
    USER_NAME(
            "with a local user's address as user name",
            true,
            mail -> account().username(mail).loginEmail(mail)),
    CHANGED_AFTER_PROOF(
            "that takes on a local user's address after the proof was made",
            true,
            mail -> account().verifiedEmail("own." + mail),
            (account, mail) -> account.setProfile("email", mail)),
    KELVIN_SIGN(
            "with an address whose k is a Kelvin sign",
            true,
            mail -> account().verifiedEmail("\u212A" + mail.substring(1))),
    DOTLESS_I("with an address whose i has no dot", true, mail -> account().verifiedEmail(mail.replace('i', '\u0131'))),
    FULL_WIDTH(
            "with an address of full-width letters",
            true,
            mail -> account().verifiedEmail("\uFF4B" + mail.substring(1)));

    private final String what;
    private final boolean isVerifiedInKeycloak;
    private final Function<String, AccountBuilder> account;
    private final BiConsumer<Account, String> change;

    LinkingAttack(String what, boolean isVerifiedInKeycloak, Function<String, AccountBuilder> account) {
        this(what, isVerifiedInKeycloak, account, (same, mail) -> {});
    }

    LinkingAttack(
            String what,
            boolean isVerifiedInKeycloak,
            Function<String, AccountBuilder> account,
            BiConsumer<Account, String> change) {
        this.what = what;
        this.isVerifiedInKeycloak = isVerifiedInKeycloak;
        this.account = account;
        this.change = change;
    }

    private static AccountBuilder account() {
        return Account.builder().profile("firstName", "Kim").profile("lastName", "Attacker");
    }

    private boolean isLookAlike() {
        return this == KELVIN_SIGN || this == DOTLESS_I || this == FULL_WIDTH;
    }

    private boolean isUnproven() {
        return this == UNVERIFIED || this == CHANGED_AFTER_PROOF;
    }

    @Override
    public Outcome outcome(Door door) {
        if (door == Door.JWT_AUTHORIZATION_GRANT) {
            return INVALID_REQUEST;
        }
        if (isLookAlike() || isUnproven()) {
            return OwnUser.SOMEBODY_ELSE;
        }
        return door == Door.IDENTITY_PROVIDER && this != USER_NAME ? WRONG_PASSWORD : ACCOUNT_CONFLICT;
    }

    @Override
    public void at(AttackScene scene) {
        var realm = scene.realm();
        var name = "kim-" + UUID.randomUUID();
        var mail = name + "@example.com";
        var users = new UserAdmin(realm.realm());
        var local = users.addLocal(name, mail, isVerifiedInKeycloak);
        var own = realm.realm().site().add(account.apply(mail));
        var entrant = realm.enter();
        var proof = realm.goodProof(own, entrant);
        change.accept(own, mail);
        try {
            outcome(scene.door()).of(realm.attempt(entrant, proof, () -> goOn(entrant, entrant.post(proof), name)));
        } finally {
            users.delete(local);
        }
    }

    // Keycloak offers to link the account to the local user, and asks for a proof of that one.
    private static Page goOn(Entrant entrant, Page answer, String localName) {
        if (!answer.has("form#kc-register-form button[value=linkAccount]")) {
            return answer;
        }
        var action = answer.formAction("form#kc-register-form");
        var asked = entrant.browser().post(action, Form.of("submitAction", "linkAccount"));
        return entrant.browser()
                .post(
                        asked.formAction("form#kc-form-login"),
                        Form.of("username", localName).and("password", "guessed"));
    }

    @Override
    public String toString() {
        return what;
    }
}
