package io.github.keycloakgigya.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.simulator.Account;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInIT {

    private static final String REALM = "sign-in";

    private final KeycloakServer keycloak;
    private final GigyaSimulator gigya;
    private final Site site;

    SignInIT(KeycloakServer keycloak, GigyaSimulator gigya) {
        this.keycloak = keycloak;
        this.gigya = gigya;
        this.site = gigya.addSite(Site.builder());
    }

    @BeforeAll
    void create_the_realm() {
        Map<String, String> variables = Map.of(
                "GIGYA_API_DOMAIN", gigya.apiDomain(),
                "GIGYA_API_KEY", site.apiKey(),
                "GIGYA_SECRET", site.partnerSecret());
        keycloak.admin().createRealm(RealmFile.ofDemo().named(REALM, variables));
    }

    @AfterAll
    void delete_the_realm() {
        keycloak.admin().deleteRealm(REALM);
    }

    @Test
    void the_token_of_the_application_carries_fields_of_the_account() {
        Account grace = account("grace@example.org", "Grace");
        grace.setData("memberNumber", 1906);
        grace.setData("interests", List.of("compilers", "ships"));

        JsonNode claims = signIn(grace).accessClaims();

        assertThat(claims.path("given_name").textValue()).isEqualTo("Grace");
        assertThat(claims.path("email").textValue()).isEqualTo("grace@example.org");
        assertThat(claims.path("gigya.uid").textValue()).isEqualTo(grace.uid());
        assertThat(claims.path("memberNumber").intValue()).isEqualTo(1906);
        assertThat(claims.path("interests")).map(JsonNode::textValue).containsExactlyInAnyOrder("compilers", "ships");
    }

    @Test
    void a_second_sign_in_finds_the_same_user_and_writes_nothing_about_it() {
        Account edith = account("edith@example.org", "Edith");
        Tokens first = signIn(edith);
        gigya.calls().reset();

        List<SqlStatement> statements = keycloak.sql()
                .statementsDuring(() -> assertThat(signIn(edith).subject()).isEqualTo(first.subject()));

        assertThat(statements).isNotEmpty().noneMatch(statement -> statement.writesTo(SqlStatement.USER_TABLES));
        assertThat(gigya.calls().count("accounts.getJWT")).isEqualTo(1);
        assertThat(gigya.calls().count("accounts.getJWTPublicKey")).isZero();
    }

    private Account account(String email, String firstName) {
        return site.add(Account.builder()
                .verifiedEmail(email)
                .profile("firstName", firstName)
                .profile("lastName", "Example"));
    }

    private Tokens signIn(Account account) {
        HttpBrowser browser = HttpBrowser.of(keycloak.address());
        LoginFlow login = new LoginFlow(browser, REALM, "demo-app", URI.create("http://localhost:8888/signed-in"));
        GigyaPage page = GigyaPage.of(login.begin());
        String proof = gigya.accountToken(site, account, page.audience());
        return login.finish(browser.post(page.action(), Form.of("id_token", proof)));
    }
}
