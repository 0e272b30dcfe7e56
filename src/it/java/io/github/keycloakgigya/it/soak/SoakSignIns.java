package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.it.realm.App;
import io.github.keycloakgigya.it.realm.AppRealm;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.PasswordRealm;
import io.github.keycloakgigya.it.realm.Visitor;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** How people and apps sign in during a soak, or try to. Thread-safe. */
final class SoakSignIns {

    private static final int MOST_SESSIONS = 40;

    private record Session(LoginFlow login, Tokens tokens) {}

    // One for all, since each has a thread of its own.
    private final HttpBrowser connections;
    private final SoakProofs proofs;
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>(MOST_SESSIONS);

    SoakSignIns(URI address, SoakProofs proofs) {
        this.connections = HttpBrowser.of(address);
        this.proofs = proofs;
    }

    /** Forgets the sessions that were going to be refreshed. */
    void forgetSessions() {
        sessions.clear();
    }

    /** {@return how it ended that somebody signs in at a page} */
    SoakAnswer signIn(Visitor visitor, SoakPeople.Person person, GigyaRealm realm) {
        return at(visitor, page -> {
            var answer = visitor.post(realm.proofOf(person.account(), visitor.audience()));
            if (!visitor.login().isDone(answer)) {
                return SoakAnswer.ofInvited(false, answer);
            }
            var redeemed = visitor.login().redeem(answer.redirect().orElseThrow());
            // Who may go later takes the session along.
            if (redeemed.status() == 200 && person.isSettled()) {
                sessions.offer(new Session(visitor.login(), AppRealm.tokens(redeemed)));
            }
            return SoakAnswer.ofInvited(redeemed.status() == 200, redeemed);
        });
    }

    private static SoakAnswer at(Visitor visitor, Function<Page, SoakAnswer> then) {
        return GigyaPage.isOn(visitor.page())
                ? then.apply(visitor.page())
                : SoakAnswer.ofInvited(false, visitor.page());
    }

    /** {@return how it ended that somebody shows a wrong proof to a page} */
    SoakAnswer wrongProof(Visitor visitor, SoakPeople.Person person, GigyaRealm realm, Random random) {
        return at(visitor, page -> {
            var answer = visitor.post(proofs.wrong(person, visitor.audience(), realm, random));
            return SoakAnswer.ofIntruder(visitor.login().isDone(answer), answer);
        });
    }

    /** {@return how it ended that a session was refreshed, of those that began lately} */
    SoakAnswer refresh() {
        var session = sessions.poll();
        if (session == null) {
            return SoakAnswer.RIGHT;
        }
        var answer = session.login().renew(session.tokens());
        if (answer.status() == 200) {
            sessions.offer(new Session(session.login(), AppRealm.tokens(answer)));
        }
        return SoakAnswer.ofInvited(answer.status() == 200, answer);
    }

    /** {@return how it ended that an app shows a proof} */
    SoakAnswer show(App app, SoakPeople.Person person, GigyaRealm realm) {
        var answer = app.through(browser()).post(proofs.token(person, app.audience(), realm));
        return SoakAnswer.ofInvited(answer.status() == 200, answer);
    }

    /** {@return how it ended that an app shows a wrong proof} */
    SoakAnswer wrongToken(App app, SoakPeople.Person person, GigyaRealm realm, Random random) {
        var answer =
                app.through(browser()).post(Form.of("id_token", proofs.wrong(person, app.audience(), realm, random)));
        return SoakAnswer.ofIntruder(answer.status() == 200, answer);
    }

    /** {@return how it ended that somebody fills in Keycloak's password form} */
    SoakAnswer form(PasswordRealm passwords, String email, String password, boolean isInvited) {
        var login = passwords.login(browser());
        var page = login.begin();
        if (!page.has("#kc-form-login")) {
            return SoakAnswer.ofInvited(false, page);
        }
        var answer = login.browser()
                .post(
                        page.formAction("#kc-form-login"),
                        Form.of("username", email).and("password", password));
        return isInvited
                ? SoakAnswer.ofInvited(login.isDone(answer), answer)
                : SoakAnswer.ofIntruder(login.isDone(answer), answer);
    }

    /** {@return how it ended that an app sends a password on} */
    SoakAnswer password(PasswordRealm passwords, String email, String password, boolean isInvited) {
        var answer = passwords.users().password(browser(), email, password);
        return isInvited
                ? SoakAnswer.ofInvited(answer.status() == 200, answer)
                : SoakAnswer.ofIntruder(answer.status() == 200, answer);
    }

    /** {@return how it ended that somebody whose account goes shows a proof, or signs in whose account comes back} */
    SoakAnswer wander(SoakPeople people, GigyaRealm realm, Random random) {
        var person = people.wanderer(random);
        if (person.isAway()) {
            people.comeBack(person);
            return signIn(realm.visit(browser()), person, realm);
        }
        var visitor = realm.visit(browser());
        return at(visitor, page -> {
            var proof = realm.proofOf(person.account(), visitor.audience());
            people.leave(person);
            var answer = visitor.post(proof);
            return SoakAnswer.ofIntruder(visitor.login().isDone(answer), answer);
        });
    }

    /** {@return a browser without cookies} */
    HttpBrowser browser() {
        return connections.another();
    }
}
