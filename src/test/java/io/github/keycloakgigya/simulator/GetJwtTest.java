package io.github.keycloakgigya.simulator;

import static io.github.keycloakgigya.simulator.SimulatorClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GetJwtTest extends SimulatorTest {

    private final Account account = site.add(Account.builder()
            .verifiedEmail("ann@example.com")
            .profile("firstName", "Ann")
            .profile("birthYear", 1981)
            .data("tier", "gold")
            .data("points", 12.5)
            .data("newsletter", true)
            .data("interests", List.of("tea", "go"))
            .data("address.city", "Ulm")
            .data("nothing", ""));

    @Test
    void the_token_has_the_claims_and_the_header_of_recorded_ones() throws Exception {
        var token = verified(jwt(Map.of()));
        assertThat(token.getHeader().toJSONObject())
                .containsOnly(
                        Map.entry("typ", "JWT"), Map.entry("alg", "RS256"), Map.entry("kid", simulator.signingKeyId()));
        assertThat(simulator.signingKeyId()).hasSize(54);
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getClaims()).containsOnlyKeys("iss", "apiKey", "iat", "exp", "sub");
        assertThat(claims.getIssuer()).isEqualTo("https://fidm.gigya.com/jwt/" + site.apiKey() + "/");
        assertThat(claims.getClaim("apiKey")).isEqualTo(site.apiKey());
        assertThat(claims.getSubject()).isEqualTo(account.uid());
        assertThat(lifetimeSeconds(claims)).isEqualTo(300);
    }

    @Test
    void fields_become_claims_under_the_names_asked_for_and_keep_their_types() throws Exception {
        var claims = claims(jwt(Map.of(
                "fields",
                "firstName,profile.firstName,email,birthYear,data.tier,data.points,data.newsletter,data.interests,"
                        + "data.address.city,data.address")));
        assertThat(claims.getClaims())
                .containsEntry("firstName", "Ann")
                .containsEntry("profile.firstName", "Ann")
                .containsEntry("email", "ann@example.com")
                .containsEntry("birthYear", 1981L)
                .containsEntry("data.tier", "gold")
                .containsEntry("data.points", 12.5)
                .containsEntry("data.newsletter", true)
                .containsEntry("data.interests", List.of("tea", "go"))
                .containsEntry("data.address.city", "Ulm")
                .containsEntry("data.address", Map.of("city", "Ulm"));
    }

    @Test
    void unset_fields_are_absent_and_unknown_ones_are_named() throws Exception {
        site.addSchemaField("data.plan");
        var answer = jwt(Map.of("fields", "lastName,data.plan,data.nothing,data.unheardOf,sub,favourite"));
        assertThat(answer.path("ignoredFields").asText()).isEqualTo("data.unheardOf,sub,favourite");
        assertThat(claims(answer).getClaims()).containsOnlyKeys("iss", "apiKey", "iat", "exp", "sub");
        assertThat(jwt(Map.of("fields", "firstName")).path("ignoredFields").textValue())
                .isEmpty();
    }

    @Test
    void expiration_and_audience_are_as_asked_for() throws Exception {
        var claims = claims(jwt(Map.of("expiration", "900", "audience", "somebody")));
        assertThat(lifetimeSeconds(claims)).isEqualTo(900);
        assertThat(claims.getAudience()).containsExactly("somebody");
        assertRefused(jwt(Map.of("expiration", "soon")), 400006);
        assertRefused(jwt(Map.of("expiration", "0")), 400006);
    }

    @Test
    void an_account_that_is_not_there_is_an_unauthorized_user() {
        var answer = client.callSigned(site, "accounts.getJWT", Map.of("targetUID", "nobody"));
        assertRefused(answer, 403005);
        assertThat(answer.path("errorDetails").asText()).isEqualTo("Unauthorized user");
        assertRefused(client.callSigned(site, "accounts.getJWT", Map.of()), 400002);
    }

    @Test
    void a_deleted_account_is_gone_and_a_moved_one_answers_to_its_new_uid() throws Exception {
        var moving = site.add(Account.builder().uid("old"));
        site.changeUid(moving, "new");
        assertRefused(client.callSigned(site, "accounts.getJWT", Map.of("targetUID", "old")), 403005);
        var answer = client.callSigned(site, "accounts.getJWT", Map.of("targetUID", "new"));
        assertThat(claims(answer).getSubject()).isEqualTo("new");
        site.delete(moving);
        assertRefused(client.callSigned(site, "accounts.getJWT", Map.of("targetUID", "new")), 403005);
    }

    @Test
    void disabled_unverified_and_unfinished_accounts_get_no_token() {
        assertRefused(jwtOf(site.add(Account.builder().disabled())), 403041);
        var unverified = jwtOf(site.add(Account.builder().pendingVerification()));
        assertRefused(unverified, 403013);
        assertThat(unverified.path("errorDetails").asText()).isEqualTo("Unverified user");
        assertRefused(jwtOf(site.add(Account.builder().pendingRegistration())), 206001);
    }

    @Test
    void a_change_shows_in_the_next_token() throws Exception {
        var changing = site.add(Account.builder().profile("city", "Bonn"));
        changing.setProfile("city", "Jena");
        changing.setData("visits", 3);
        var answer = client.callSigned(
                site, "accounts.getJWT", Map.of("targetUID", changing.uid(), "fields", "city,data.visits"));
        assertThat(claims(answer).getClaims()).containsEntry("city", "Jena").containsEntry("data.visits", 3L);
    }

    @Test
    void sites_of_a_group_share_accounts_and_sign_for_themselves() throws Exception {
        var sibling = simulator.addSite(Site.builder().inGroupOf(site));
        var answer = client.callSigned(sibling, "accounts.getJWT", Map.of("targetUID", account.uid()));
        assertThat(claims(answer).getIssuer()).isEqualTo(sibling.issuer());
        var stranger = simulator.addSite(Site.builder());
        assertRefused(client.callSigned(stranger, "accounts.getJWT", Map.of("targetUID", account.uid())), 403005);
    }

    @Test
    void the_key_is_published_in_both_shapes_and_found_after_a_rotation() throws Exception {
        var before = simulator.signingKeyId();
        var single = assertOk(client.call("accounts.getJWTPublicKey", Map.of()));
        assertThat(single.path("kid").asText()).isEqualTo(before);
        assertThat(single.path("kty").asText()).isEqualTo("RSA");
        assertThat(single.has("keys")).isFalse();

        simulator.rotateKeys();
        var set = assertOk(client.call("accounts.getJWTPublicKey", Map.of("V2", "true")));
        assertThat(set.path("keys").findValuesAsText("kid")).containsExactly(simulator.signingKeyId(), before);
        assertThat(simulator.signingKeyId()).isNotEqualTo(before);
        assertThat(verified(jwt(Map.of())).getHeader().getKeyID()).isEqualTo(simulator.signingKeyId());
        assertRefused(client.call("accounts.getJWTPublicKey", Map.of("apiKey", "3_unknown")), 400093);
    }

    private JsonNode jwt(Map<String, String> parameters) {
        return client.callSigned(site, "accounts.getJWT", with(parameters, "targetUID", account.uid()));
    }

    private JsonNode jwtOf(Account other) {
        return client.callSigned(site, "accounts.getJWT", Map.of("targetUID", other.uid()));
    }

    private static long lifetimeSeconds(JWTClaimsSet claims) {
        return (claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()) / 1000;
    }
}
