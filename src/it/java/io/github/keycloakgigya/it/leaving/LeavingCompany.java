package io.github.keycloakgigya.it.leaving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.it.realm.GigyaRealm;
import io.github.keycloakgigya.it.realm.UserAdmin;
import io.github.keycloakgigya.server.Form;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.simulator.Account;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.keycloak.models.utils.HmacOTP;
import org.keycloak.models.utils.TimeBasedOTP;

/** The 120 people of a company, whom Gigya exports to a file, and what some of them have in Keycloak. */
final class LeavingCompany {

    /** The provider of social identities that Keycloak knows too. */
    static final String LINKED = "googleplus";

    static final int SOCIAL = 6;

    /** Have a role, a group, a one-time password and a consent in Keycloak. */
    static final List<String> KEEPERS = List.of("pbkdf20", "bcrypt1", "drupal2", LINKED + 3);

    private static final String AT_GIGYA = "the one that is typed at Gigya";
    private static final String GOLD = "gold";
    private static final String EMPLOYER = "employer";
    private static final String OTP_SECRET = "twenty bytes of them";

    private final GigyaRealm realm;
    private final UserAdmin users;
    private final Map<String, OldPassword> passwords = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Account> inactive = new ArrayList<>();
    private final List<Account> incomplete = new ArrayList<>();

    LeavingCompany(GigyaRealm realm) {
        this.realm = realm;
        this.users = new UserAdmin(realm);
    }

    static String email(String name) {
        return name + "@example.com";
    }

    /** {@return the provider's name of a person} */
    static String social(int number) {
        return "at " + LINKED + number;
    }

    /** {@return the file} */
    String file() {
        return String.join("\n", lines);
    }

    /** {@return what somebody typed at Gigya before the file was written} */
    String password(String email) {
        return passwords.get(email).typed();
    }

    /** {@return a one-time password of a keeper} */
    static String code() {
        return new TimeBasedOTP(HmacOTP.HMAC_SHA1, 6, 30, 1).generateTOTP(OTP_SECRET);
    }

    void addPeople() {
        for (var algorithm : OldPassword.ALGORITHMS) {
            for (var i = 0; i < 10; i++) {
                var name = algorithm.replace('_', '-') + i;
                person(name, OldPassword.of(algorithm, "password of " + name));
            }
        }
        for (var i = 0; i < 8; i++) {
            person("drupal" + i, OldPassword.unsupported("drupal"));
        }
        for (var i = 0; i < 4; i++) {
            person("custom" + i, OldPassword.unsupported("custom"));
            line("stranger" + i, Json.parse("{}"));
            inactive.add(account("inactive" + i));
            incomplete.add(account("incomplete" + i));
            line(inactive.get(i).uid(), Json.parse("{\"isActive\": false}"));
            line(incomplete.get(i).uid(), Json.parse("{\"isRegistered\": false}"));
            social("twitter", i);
        }
        for (var i = 0; i < SOCIAL; i++) {
            line(person("phone" + i), Json.parse("{}"));
            social(LINKED, i);
        }
        realm.admin()
                .post(
                        users.path("user-storage/" + realm.componentId() + "/sync?action=triggerFullSync"),
                        Json.parse("{}"))
                .succeeded();
        // A file alone takes nothing away, and a sync would have imported none of them.
        inactive.forEach(account -> account.setActive(false));
        incomplete.forEach(Account::setUnfinished);
    }

    private void person(String name, OldPassword password) {
        passwords.put(email(name), password);
        line(person(name), Json.parse("{\"password\": " + password.stored() + "}"));
    }

    private void social(String provider, int number) {
        var name = provider + number;
        line(
                person(name),
                Json.parse("{\"identities\": [{\"provider\": \"%s\", \"providerUID\": \"at %s\"}]}"
                        .formatted(provider, name)));
    }

    private String person(String name) {
        return account(name).uid();
    }

    private Account account(String name) {
        return realm.site()
                .add(Account.builder()
                        .verifiedEmail(email(name))
                        .password(AT_GIGYA)
                        .profile("firstName", "First")
                        .profile("lastName", name));
    }

    private void line(String uid, JsonNode members) {
        var account = ((ObjectNode) Json.parse("{\"isActive\": true, \"isRegistered\": true}")).put("UID", uid);
        account.put("lastLogin", "2025-11-29T10:00:00.000Z");
        account.setAll((ObjectNode) members);
        lines.add(account.toString());
    }

    /**
     * Gives the keepers what they have in Keycloak.
     *
     * @param social an identity provider that is known to both by {@link #LINKED}
     */
    void prepareKeycloak(JsonNode social) {
        addProvider(social);
        addProvider(((ObjectNode) social.deepCopy()).put("alias", EMPLOYER));
        users.addRealmRole(GOLD);
        var group = realm.admin()
                .post(users.path("groups"), Json.parse("{\"name\": \"members\"}"))
                .createdId();
        var role = realm.admin().get(users.path("roles/" + GOLD)).body();
        askForConsent();
        for (var name : KEEPERS) {
            var user = users.path("users/" + id(email(name)));
            realm.admin()
                    .post(user + "/role-mappings/realm", Json.parse("[" + role + "]"))
                    .succeeded();
            realm.admin().put(user + "/groups/" + group, Json.parse("{}")).succeeded();
            realm.admin()
                    .post(user + "/federated-identity/" + EMPLOYER, Json.parse("""
                            {"userId": "%s", "userName": "%s"}""".formatted(name, name)))
                    .succeeded();
            users.change(id(email(name)), person -> person.set("credentials", Json.parse("""
                    [{"type": "otp", "userLabel": "phone", "secretData": "{\\"value\\": \\"%s\\"}", "credentialData":
                      "{\\"subType\\": \\"totp\\", \\"digits\\": 6, \\"period\\": 30, \\"algorithm\\": \\"HmacSHA1\\"}"}]""".formatted(OTP_SECRET))));
            consent(email(name));
        }
    }

    private void addProvider(JsonNode provider) {
        realm.admin().post(users.path("identity-provider/instances"), provider).succeeded();
    }

    private void askForConsent() {
        var client = (ObjectNode) realm.admin()
                .get(users.path("clients?clientId=" + GigyaRealm.OTHER_CLIENT))
                .succeeded()
                .body()
                .get(0);
        realm.admin()
                .put(users.path("clients/" + client.path("id").asText()), client.put("consentRequired", true))
                .succeeded();
    }

    private void consent(String name) {
        var login = realm.login(realm.login().browser(), GigyaRealm.OTHER_CLIENT);
        var form = login.begin();
        var question = login.browser()
                .post(
                        form.formAction("#kc-form-login"),
                        Form.of("username", name).and("password", AT_GIGYA));
        var code = question.html().selectFirst("input[name=code]").val();
        login.finish(login.browser()
                .post(
                        question.formAction("form:has([name=accept])"),
                        Form.of("accept", "yes").and("code", code)));
    }

    String id(String email) {
        return users.byUsername(email).orElseThrow().path("id").asText();
    }

    /** {@return of everybody what must not change} */
    Map<String, List<Object>> everybody() {
        return snapshots(user -> true);
    }

    /** {@return the same of those who have most to lose} */
    Map<String, List<Object>> keepers() {
        return snapshots(user -> KEEPERS.stream()
                .map(LeavingCompany::email)
                .anyMatch(user.path("username").asText()::equals));
    }

    private Map<String, List<Object>> snapshots(Predicate<JsonNode> whose) {
        var snapshots = new LinkedHashMap<String, List<Object>>();
        for (var user : realm.users().stream().filter(whose).toList()) {
            var id = user.path("id").asText();
            snapshots.put(
                    id,
                    List.of(
                            user.path("username"),
                            user.path("email"),
                            user.path("emailVerified"),
                            user.path("firstName"),
                            user.path("enabled"),
                            user.at("/attributes/gigya.uid"),
                            users.realmRoles(id),
                            users.groups(id),
                            of(
                                    user,
                                    "federated-identity",
                                    link -> link.path("identityProvider")
                                            .asText()
                                            .equals(EMPLOYER)),
                            of(
                                    user,
                                    "credentials",
                                    credential ->
                                            credential.path("type").asText().equals("otp")),
                            of(user, "consents", consent -> true)));
        }
        return snapshots;
    }

    private List<JsonNode> of(JsonNode user, String what, Predicate<JsonNode> which) {
        return StreamSupport.stream(realm.ofUser(user, what).spliterator(), false)
                .filter(which)
                .toList();
    }

    /** {@return who is linked to an identity that came along, and to which} */
    List<String> linked() {
        var linked = new ArrayList<String>();
        for (var user : realm.users()) {
            of(
                            user,
                            "federated-identity",
                            link -> link.path("identityProvider").asText().equals(LINKED))
                    .forEach(link -> linked.add(user.path("username").asText() + " is "
                            + link.path("userId").asText()));
        }
        return linked;
    }
}
