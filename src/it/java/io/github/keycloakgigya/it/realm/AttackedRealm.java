package io.github.keycloakgigya.it.realm;

import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.server.Tokens;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A realm with a user whom an attacker wants to be, another who does no harm, and an attacker with an own account. */
public final class AttackedRealm implements AutoCloseable {

    private static final int MOST_TRIES = 3;

    private final Door door;
    private final GigyaRealm realm;
    private final GoodProof proof;
    private final Supplier<? extends Entrant> entrants;
    private final Supplier<? extends Entrant> newcomers;
    private Optional<Site> neighbour = Optional.empty();
    private final Account victim;
    private final Account bystander;
    private final Account attacker;

    private AttackedRealm(
            Door door,
            GigyaRealm realm,
            GoodProof proof,
            Supplier<? extends Entrant> entrants,
            Supplier<? extends Entrant> newcomers) {
        this.door = door;
        this.realm = realm;
        this.proof = proof;
        this.entrants = entrants;
        this.newcomers = newcomers;
        this.victim = account("victim");
        this.bystander = account("bystander");
        this.attacker = account("attacker");
    }

    /** {@return a realm that takes tokens bound to the login, as is the default} */
    public static AttackedRealm create(KeycloakServer keycloak, GigyaSimulator simulator) {
        return of(GigyaRealm.create(keycloak, simulator), GoodProof.BOUND_TOKEN);
    }

    /** {@return a realm that takes the proofs that its settings in {@code step} ask for} */
    public static AttackedRealm create(
            KeycloakServer keycloak, GigyaSimulator simulator, GoodProof proof, Map<String, String> step) {
        return of(GigyaRealm.create(keycloak, simulator, Map.of(), step), proof);
    }

    /** {@return a realm with the step "Gigya login", after victim and bystander signed in for the first time} */
    public static AttackedRealm of(GigyaRealm realm, GoodProof proof) {
        return of(Door.AUTHENTICATOR, realm, proof, realm::visit);
    }

    /**
     * {@return a realm with any door, after victim and bystander signed in for the first time}
     *
     * @param entrants bring somebody before the door
     */
    public static AttackedRealm of(Door door, GigyaRealm realm, GoodProof proof, Supplier<? extends Entrant> entrants) {
        return of(door, realm, proof, entrants, entrants);
    }

    /**
     * {@return a realm with a door that is there for people who are known}
     *
     * @param entrants bring somebody before the door
     * @param newcomers bring somebody where people can come in for the first time
     */
    public static AttackedRealm of(
            Door door,
            GigyaRealm realm,
            GoodProof proof,
            Supplier<? extends Entrant> entrants,
            Supplier<? extends Entrant> newcomers) {
        var attacked = new AttackedRealm(door, realm, proof, entrants, newcomers);
        attacked.introduceVictimPatiently();
        attacked.introduce(attacked.bystander);
        return attacked;
    }

    // The first call of a server that has just started, on a busy machine, may take longer than a sign-in may wait.
    private void introduceVictimPatiently() {
        for (int tries = 1; ; tries++) {
            try {
                introduce(victim);
                return;
            } catch (AssertionError tooLate) {
                if (tries == MOST_TRIES) {
                    throw tooLate;
                }
            }
        }
    }

    private Account account(String name) {
        return realm.site().accountByLoginId(name + "@example.com").orElseGet(() -> addAccount(name));
    }

    private Account addAccount(String name) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(name + "@example.com")
                        .profile("firstName", name)
                        .profile("lastName", "Example"));
    }

    /** {@return a new account} */
    public Account addAccount() {
        return addAccount("somebody-" + UUID.randomUUID());
    }

    public GigyaRealm realm() {
        return realm;
    }

    /** {@return an account whose user exists} */
    public Account victim() {
        return victim;
    }

    /** {@return an account whose user exists, to sign in with} */
    public Account bystander() {
        return bystander;
    }

    /** {@return an account that has never signed in to Keycloak} */
    public Account attacker() {
        return attacker;
    }

    /** Notes the site of the realm's other Gigya provider. */
    public AttackedRealm beside(Site site) {
        neighbour = Optional.of(site);
        return this;
    }

    /** {@return the site of the realm's other Gigya provider} */
    public Site neighbour() {
        return neighbour.orElseThrow();
    }

    public Door door() {
        return door;
    }

    /** {@return somebody before the door} */
    public Entrant enter() {
        return entrants.get();
    }

    /** {@return a browser that opened the door's page in a certain login} */
    public Visitor visit(LoginFlow login) {
        return visit(login, Map.of());
    }

    /** {@return a browser that opened the door's page in a certain login, with parameters such as {@code prompt}} */
    public Visitor visit(LoginFlow login, Map<String, String> parameters) {
        var all = new HashMap<>(parameters);
        all.putAll(door.chosenBy());
        return Visitor.open(realm, login, all);
    }

    /** {@return the page of a second identity provider of the same site, in the same login} */
    public Visitor visitTwin(Visitor visitor) {
        var loginPage = visitor.post(Form.of("cancel", "true"));
        return visitor.on(visitor.browser().open(loginPage.link("a#social-" + BrokeredRealm.TWIN)));
    }

    /** {@return the id of the user who stands for an account} */
    public String userId(Account account) {
        return realm.userOf(account).path("id").asText();
    }

    /** Sets how long a login may take. */
    public void limitLogins(Duration limit) {
        new UserAdmin(realm).changeRealm("""
                {"accessCodeLifespan": %1$d, "accessCodeLifespanUserAction": %1$d, "accessCodeLifespanLogin": %1$d}""".formatted(limit.toSeconds()));
    }

    /** {@return what an honest browser or app posts} */
    public Form goodProof(Account account, Entrant entrant) {
        return proof.of(account, entrant.audience(), realm);
    }

    /** {@return the client's tokens after the account's owner signed in at the door} */
    public Tokens signIn(Account account) {
        return signIn(account, enter());
    }

    /** {@return the client's tokens after the account's owner signed in for the first time} */
    public Tokens introduce(Account account) {
        return signIn(account, newcomers.get());
    }

    private Tokens signIn(Account account, Entrant entrant) {
        return entrant.tokens(entrant.post(goodProof(account, entrant)));
    }

    /** {@return what comes of a form that is posted at the door} */
    public Attempt attempt(Entrant entrant, Form posted) {
        return attempt(entrant, posted, () -> entrant.post(posted));
    }

    /** {@return what comes of a form that is posted in another way than the page would} */
    public Attempt attempt(Entrant entrant, Form posted, Supplier<Page> post) {
        var before = RealmState.of(realm);
        realm.admin().clearEvents(realm.name());
        var answer = post.get();
        return new Attempt(door, entrant, posted, answer, realm.events(), before, RealmState.of(realm));
    }

    @Override
    public void close() {
        realm.close();
    }
}
