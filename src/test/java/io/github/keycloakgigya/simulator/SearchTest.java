package io.github.keycloakgigya.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SearchTest extends SimulatorTest {

    private static final String METHOD = "accounts.search";

    private final Account ann = site.add(Account.builder()
            .uid("ann")
            .verifiedEmail("ann@example.com")
            .profile("firstName", "Ann")
            .data("address.city", "Ulm")
            .data("address.zip", "89073")
            .data("nothing", "")
            .data("tags", List.of("tea", "go")));

    @Test
    void a_result_has_the_selected_fields_and_no_others() {
        var result = result("SELECT UID, profile.firstName, profile.lastName, data.address.city, data.nothing, "
                + "isActive, lastLoginTimestamp, emails.verified, lastUpdatedTimestamp FROM accounts");
        assertThat(result.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("UID", "profile", "data", "isActive", "emails", "lastUpdatedTimestamp");
        assertThat(result.path("profile").toString()).isEqualTo("{\"firstName\":\"Ann\"}");
        assertThat(result.path("data").toString()).isEqualTo("{\"address\":{\"city\":\"Ulm\"}}");
        assertThat(result.path("emails").toString()).isEqualTo("{\"verified\":[\"ann@example.com\"]}");
        assertThat(result.path("isActive").isBoolean()).isTrue();
        assertThat(result.path("lastUpdatedTimestamp").asLong()).isCloseTo(System.currentTimeMillis(), within(60_000L));
    }

    @Test
    void sections_come_whole_and_a_star_leaves_addresses_out() {
        var result = result("SELECT profile.firstName, data, profile, emails, loginIDs FROM accounts");
        assertThat(result.path("profile").toString())
                .isEqualTo("{\"email\":\"ann@example.com\",\"firstName\":\"Ann\"}");
        assertThat(result.path("data").path("tags")).hasSize(2);
        assertThat(result.path("emails").toString())
                .isEqualTo("{\"verified\":[\"ann@example.com\"],\"unverified\":[]}");
        assertThat(result.path("loginIDs").path("emails")).hasSize(1);
        assertThat(result("SELECT * FROM accounts").properties().stream().map(Map.Entry::getKey))
                .contains("UID", "isRegistered", "profile", "data", "createdTimestamp")
                .doesNotContain("emails", "loginIDs", "password");
    }

    @Test
    void what_goes_along_with_an_account_is_told_where_the_site_wants_that_and_the_key_may_read_it() {
        var query = "SELECT UID, password, identities, lastLogin FROM accounts WHERE UID = \"cleo\"";
        site.add(Account.builder().uid("cleo").identity("facebook", "7"));
        assertThat(search(site, query).path("errorCode").asInt()).isNotZero();
        site.setSearchTellsHashes(true);

        var result = assertOk(search(site, query)).at("/results/0");

        assertThat(result.at("/password/hash").isTextual()).isTrue();
        assertThat(simulator.hashesTold()).contains(result.at("/password/hash").asText());
        assertThat(result.at("/identities/0/providerUID").asText()).isEqualTo("7");
        site.setHashesReadable(false);
        assertThat(assertOk(search(site, query)).at("/results/0/password").toString())
                .contains("created")
                .doesNotContain("hash");
    }

    @Test
    void numbers_keep_their_form() throws IOException {
        site.add(Account.builder()
                .uid("numbers")
                .data("n", List.of(new BigDecimal("1.10"), new BigDecimal("1.0"), 12345678901234567L, 7)));
        assertThat(client.send(METHOD, signed("SELECT data.n FROM accounts WHERE UID = \"numbers\""))
                        .body())
                .contains("[1.10,1.0,12345678901234567,7]");
    }

    @Test
    void the_envelope_tells_the_total_and_without_a_limit_three_hundred_come() {
        var many = simulator.addSite(Site.builder());
        many.addAll(IntStream.range(0, 350).mapToObj(n -> Account.builder().uid("u" + n)));
        var answer = assertOk(search(many, "SELECT UID FROM accounts"));
        assertThat(answer.path("results")).hasSize(300);
        assertThat(answer.path("objectsCount").asInt()).isEqualTo(300);
        assertThat(answer.path("totalCount").asInt()).isEqualTo(350);
        assertThat(answer.has("nextCursorId")).isFalse();
        assertThat(search(many, "SELECT UID FROM accounts LIMIT 10000").path("results"))
                .hasSize(350);
    }

    @Test
    void only_servers_may_search() {
        var query = Map.of("query", "SELECT UID FROM accounts", "apiKey", site.apiKey());
        assertRefused(client.call(METHOD, query), 403007);
        assertRefused(client.call(METHOD, SimulatorClient.with(query, "secret", "c2VjcmV0")), 403010);
        assertOk(client.callAsPartner(site, METHOD, query));
        assertOk(client.callSigned(site, METHOD, query));
    }

    @Test
    void other_parameters_are_checked_as_well() {
        var query = "SELECT UID FROM accounts";
        assertRefused(call(Map.of("query", query, "openCursor", "false")), 400006);
        assertRefused(call(Map.of("query", query, "timeout", "60001")), 400006);
        assertRefused(call(Map.of("query", query, "timeout", "soon")), 400006);
        assertRefused(call(Map.of("query", query, "accountTypes", "all")), 400006);
        assertRefused(call(Map.of()), 400002);
        assertOk(call(Map.of("query", query, "accountTypes", "full,lite", "timeout", "60000")));
        assertThat(call(Map.of("query", query, "accountTypes", "lite"))
                        .path("totalCount")
                        .asInt(-1))
                .isZero();
    }

    @Test
    void a_change_shows_at_once_and_who_was_deleted_never() {
        var leaving = site.add(Account.builder().uid("leaving").profile("city", "Bonn"));
        assertThat(found("profile.city = \"Bonn\"")).isEqualTo(1);
        leaving.setProfile("city", "Jena");
        assertThat(found("profile.city = \"Bonn\"")).isZero();
        site.changeUid(leaving, "left");
        assertThat(found("UID = \"left\"")).isEqualTo(1);
        site.delete(leaving);
        assertThat(found("UID = \"left\"")).isZero();
    }

    @Test
    void a_search_may_lag_behind() {
        site.searchLag(Duration.ofMillis(700));
        ann.setProfile("city", "Bonn");
        site.add(Account.builder().uid("late"));
        assertThat(found("profile.city = \"Bonn\"")).isZero();
        assertThat(found("UID = \"late\"")).isZero();
        assertThat(found("UID = \"ann\"")).isEqualTo(1);
        await().until(() -> found("UID = \"late\"") == 1 && found("profile.city = \"Bonn\"") == 1);
        site.searchLag(Duration.ZERO);
    }

    @Test
    void a_call_is_counted_with_its_query() {
        simulator.calls().reset();
        search(site, "SELECT UID FROM accounts LIMIT 7");
        assertThat(simulator.calls().count(METHOD)).isEqualTo(1);
        assertThat(simulator.calls().lastOf(METHOD).parameter("query")).hasValue("SELECT UID FROM accounts LIMIT 7");
        assertThat(simulator.calls().lastOf(METHOD).unknownParameters()).isEmpty();
    }

    private JsonNode result(String query) {
        return assertOk(search(site, query + " WHERE UID = \"ann\""))
                .path("results")
                .path(0);
    }

    private int found(String condition) {
        return assertOk(search(site, "SELECT UID FROM accounts WHERE " + condition))
                .path("totalCount")
                .asInt(-1);
    }

    private JsonNode search(Site searched, String query) {
        return client.callSigned(searched, METHOD, Map.of("query", query));
    }

    private JsonNode call(Map<String, String> parameters) {
        return client.callSigned(site, METHOD, parameters);
    }

    private Map<String, String> signed(String query) {
        return client.sign(site.partnerSecret(), METHOD, Map.of("query", query, "apiKey", site.apiKey()));
    }
}
