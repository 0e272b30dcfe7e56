package io.github.keycloakgigya.leaving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.inmemory.GigyaPerson;
import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.leaving.Leaving.RunningException;
import io.github.keycloakgigya.leaving.LeavingRuns.BrokenOffException;
import io.github.keycloakgigya.leaving.LeavingTally.Count;
import io.github.keycloakgigya.sync.ClusterView;
import io.github.keycloakgigya.sync.SyncLock;
import io.github.keycloakgigya.sync.SyncLock.LockLostException;
import io.github.keycloakgigya.sync.SyncState;
import io.github.keycloakgigya.sync.SyncStates;
import io.github.keycloakgigya.sync.SyncedShop;
import io.github.keycloakgigya.sync.bulk.BulkPath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.credential.hash.PasswordHashProviderFactory;

/** Preview, run, stop, and how a run goes on. */
class LeavingTest {

    private static final Instant DAY = Instant.parse("2025-11-29T10:00:00Z");
    private static final String HASH = "Ftek/KdELdo62TyacmWX5A==";

    private final SyncedShop shop = new SyncedShop(Map.of());
    private final LeavingRuns runs = new LeavingRuns();

    @BeforeEach
    void accounts_of_every_kind() {
        var factory = mock(PasswordHashProviderFactory.class);
        when(factory.getId()).thenReturn("pbkdf2");
        shop.shop().keycloak().provideFactory(PasswordHashProvider.class, factory);
        gigya().leaving().pagesOf(2);
        known("ann", 1).withLuggage(password("pbkdf2"));
        known("ben", 2).withLuggage(password("pbkdf2"));
        known("cyd", 3).withLuggage(password("drupal"));
        known("dan", 4).withLuggage("{\"identities\":[{\"provider\":\"facebook\",\"providerUID\":\"1\"}]}");
        known("eve", 5);
        known("fay", 6).inactive().withLuggage(password("pbkdf2"));
        known("gus", 7).unfinished();
        account("hal", 8).withLuggage(password("pbkdf2"));
    }

    @AfterEach
    void stop_the_threads() {
        runs.close();
    }

    @Test
    void a_preview_tells_what_a_run_does_and_writes_nothing() throws Exception {
        var writes = user("ann").writes();

        var preview = previewed();

        assertThat(preview.status()).isEqualTo("finished");
        assertThat(preview.states())
                .isEqualTo(Map.of(
                        "ready", new Count(2, Map.of("pbkdf2", 2L)),
                        "unsupported", new Count(1, Map.of("drupal", 1L)),
                        "socialOnly", new Count(1, Map.of("facebook (not linked)", 1L)),
                        "passwordless", new Count(1, Map.of()),
                        "inactive", new Count(1, Map.of("pbkdf2", 1L)),
                        "incomplete", new Count(1, Map.of()),
                        "notImported", new Count(1, Map.of())));
        assertThat(user("ann").writes()).isEqualTo(writes);

        var done = finished(false);

        assertThat(done.status()).isEqualTo("finished");
        assertThat(done.states()).isEqualTo(preview.states());
        assertThat(done.done()).isEqualTo(8);
        assertThat(done.total()).isEqualTo(8);
        assertThat(user("ann").getFirstAttribute("gigya.password")).isEqualTo("transferred");
        assertThat(previewed().states()).isEqualTo(preview.states());
        assertThat(leaving().progress()).as("how the run ended").isEqualTo(done);
        assertThat(shop.shop().counted("keycloak.gigya.leaving.accounts", "state", "ready"))
                .as("a preview counts nobody")
                .isEqualTo(2);
    }

    @Test
    void a_run_disables_whose_account_gigya_disabled_and_a_preview_does_not() throws Exception {
        previewed();
        assertThat(user("fay").isEnabled()).isTrue();

        finished(false);

        assertThat(user("fay").isEnabled()).isFalse();
        assertThat(user("fay").getFirstAttribute("gigya.missing")).isNotNull();
        assertThat(user("fay").getFirstAttribute("gigya.leaving")).startsWith("inactive no");
        assertThat(user("gus").isEnabled()).isTrue();
    }

    @Test
    void what_a_file_says_disables_nobody_before_gigya_says_so_too() throws Exception {
        var file = "{\"UID\":\"ann\",\"isActive\":false}\n{\"UID\":\"fay\",\"isActive\":false}";

        leaving().transfer(new ByteArrayInputStream(file.getBytes(UTF_8)));

        assertThat(user("ann").isEnabled()).isTrue();
        assertThat(user("fay").isEnabled()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"UNAVAILABLE", "MISCONFIGURED"})
    void where_gigya_does_not_confirm_it_nobody_is_disabled_and_the_run_goes_on(FailureKind kind) throws Exception {
        gigya().fail("getAccountInfo", kind);

        assertThat(finished(false).status()).isEqualTo("finished");
        assertThat(user("fay").isEnabled()).isTrue();
        assertThat(user("fay").getFirstAttribute("gigya.leaving")).startsWith("inactive no");
    }

    @Test
    void a_run_can_be_repeated_and_writes_nothing_then() throws Exception {
        var first = finished(false);
        var writes = user("ann").writes();

        assertThat(finished(false).states()).isEqualTo(first.states());
        assertThat(user("ann").writes()).isEqualTo(writes);
    }

    @Test
    void accounts_are_asked_for_one_by_one_where_searches_tell_no_hash() throws Exception {
        var told = previewed();
        assertThat(gigya().calls()).doesNotContain("leavingAccount");

        gigya().leaving().withholdHashes();

        assertThat(previewed().states()).isEqualTo(told.states());
        assertThat(finished(false).states()).isEqualTo(told.states());
        assertThat(gigya().calls().stream().filter("leavingAccount"::equals)).hasSize(16);
    }

    @Test
    void accounts_are_asked_for_one_by_one_where_searches_refuse_to_tell() throws Exception {
        var told = previewed();

        gigya().leaving().refuseColumns();

        assertThat(previewed().states()).isEqualTo(told.states());
    }

    @Test
    void a_key_that_may_not_read_hashes_ends_a_run_and_says_so() throws Exception {
        gigya().leaving().withholdHashes();
        gigya().fail("leavingAccount", FailureKind.MISCONFIGURED);

        var ended = finished(false);

        assertThat(ended.status()).isEqualTo("failed");
        assertThat(ended.reason()).contains("refused");
        var preview = previewed();
        assertThat(preview.status()).isEqualTo("failed");
        assertThat(preview.reason()).isEqualTo(ended.reason());
    }

    @Test
    void a_run_that_ended_early_goes_on_where_it_was_and_counts_nobody_twice() throws Exception {
        var preview = previewed();
        failAfterPages(2);
        assertThat(finished(false).status()).isEqualTo("failed");
        assertThat(leaving().progress().done()).isEqualTo(4);
        gigya().recover();
        gigya().calls().clear();

        var ended = finished(false);

        assertThat(ended.status()).isEqualTo("finished");
        assertThat(ended.states()).isEqualTo(preview.states());
        assertThat(ended.total()).isEqualTo(8);
        assertThat(gigya().calls().stream().filter("leavingPage"::equals).count())
                .as("the first pages are not read again")
                .isLessThan(4);
    }

    @Test
    void a_run_begins_at_the_beginning_where_it_is_told_to() throws Exception {
        failAfterPages(2);
        finished(false);
        gigya().recover();
        gigya().calls().clear();

        assertThat(finished(true).done()).isEqualTo(8);
        assertThat(gigya().calls().stream().filter("leavingPage"::equals)).hasSize(4);
    }

    @Test
    void another_node_goes_on_with_the_run_of_a_node_that_is_gone() throws Exception {
        var preview = previewed();
        failAfterPages(2);
        finished(false);
        gigya().recover();
        states().change(state -> true, state -> state.withMemo(state.memo().replace("FAILED", "RUNNING")));

        leaving().resume();

        await().until(() -> leaving().progress().status().equals("finished"));
        assertThat(leaving().progress().states()).isEqualTo(preview.states());
    }

    @Test
    void nobody_goes_on_with_a_run_whose_node_is_alive_or_that_has_ended() throws Exception {
        finished(false);
        gigya().calls().clear();
        leaving().resume();
        try (var alive = SyncLock.take(
                        states(),
                        Clock.systemUTC(),
                        ClusterView.of(shop.shop().keycloak().sessions()))
                .orElseThrow()) {
            alive.store(state -> state.withMemo(state.memo().replace("FINISHED", "RUNNING")));
            leaving().resume();

            assertThatThrownBy(() -> leaving().start(false)).isInstanceOf(RunningException.class);
            assertThatThrownBy(() -> leaving().preview()).isInstanceOf(RunningException.class);
            assertThat(leaving().stop().status()).isEqualTo("stopping");
        }
        assertThat(gigya().calls()).isEmpty();

        leaving().resume();

        assertThat(leaving().progress().status())
                .as("an administrator stopped it, and its node is gone")
                .isEqualTo("stopped");
    }

    @Test
    void a_preview_that_an_administrator_stops_ends_while_it_waits_for_gigya() throws Exception {
        gigya().fail("leavingPage", FailureKind.UNAVAILABLE);

        assertThat(leaving().preview().status()).isEqualTo("running");
        assertThat(leaving().stop().status()).isEqualTo("stopping");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> leaving().previewed().status().equals("stopped"));
        assertThat(leaving().progress().status()).as("there was no run").isEqualTo("none");
    }

    @Test
    void a_preview_between_leaves_a_run_where_it_was() throws Exception {
        failAfterPages(2);
        finished(false);
        gigya().recover();
        var whole = previewed();
        gigya().calls().clear();

        var ended = finished(false);

        assertThat(ended.states()).isEqualTo(whole.states());
        assertThat(gigya().calls().stream().filter("leavingPage"::equals).count())
                .as("the first pages are not read again")
                .isLessThan(4);
    }

    @Test
    void a_preview_whose_node_is_gone_has_failed_and_a_run_whose_node_is_gone_goes_on_besides() throws Exception {
        var whole = previewed();
        failAfterPages(2);
        finished(false);
        gigya().recover();
        states().change(
                        state -> true,
                        state -> state.withMemo(
                                state.memo().replace("FAILED", "RUNNING").replace("FINISHED", "RUNNING")));

        leaving().resume();

        await().until(() -> leaving().progress().status().equals("finished"));
        assertThat(leaving().progress().states()).isEqualTo(whole.states());
        assertThat(leaving().previewed().status()).isEqualTo("failed");
        assertThat(leaving().previewed().reason()).contains("start it again");
    }

    @Test
    void a_run_that_an_administrator_stops_ends_while_it_waits_for_gigya() throws Exception {
        gigya().fail("leavingPage", FailureKind.UNAVAILABLE);
        leaving().start(false);

        assertThat(leaving().stop().status()).isEqualTo("stopping");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> leaving().progress().status().equals("stopped"));
    }

    @Test
    void a_file_says_the_same_as_a_search_and_bad_lines_are_told_by_number() throws Exception {
        var file = String.join(
                "\n",
                "{\"UID\":\"ann\",\"isActive\":true,\"isRegistered\":true,"
                        + password("pbkdf2").substring(1),
                "no JSON, but " + HASH,
                "",
                "{\"UID\":\"ann\",\"isRegistered\":true}",
                "{\"isRegistered\":true}",
                "{\"UID\":\"hal\",\"isRegistered\":true}");

        var preview = leaving().preview(new ByteArrayInputStream(file.getBytes(UTF_8)));
        var done = leaving().transfer(new ByteArrayInputStream(file.getBytes(UTF_8)));

        assertThat(done.states())
                .isEqualTo(preview.states())
                .isEqualTo(Map.of("ready", new Count(1, Map.of("pbkdf2", 1L)), "notImported", new Count(1, Map.of())));
        assertThat(done.status()).isEqualTo("finished");
        assertThat(done.badLines()).isEqualTo(2);
        assertThat(done.badLineNumbers()).isEqualTo(List.of(2L, 5L));
        assertThat(done.failed()).isEqualTo(2);
        assertThat(done.toString()).doesNotContain(HASH);
        assertThat(gigya().calls()).isEmpty();
    }

    @Test
    void a_line_of_a_file_that_leaves_out_whether_the_owner_may_sign_in_takes_nothing_away() throws Exception {
        leaving().transfer(file("{'UID':'ann','isActive':true,'isRegistered':true," + ofAnn().substring(1)));
        var before = user("ann").getFirstAttribute("gigya.leaving");
        var writes = user("ann").writes();

        var done = leaving()
                .transfer(file("{'UID':'ann','isActive':true}\n{'UID':'ben'}\n{'UID':'cyd','isRegistered':true}"));

        assertThat(done.states())
                .isEqualTo(Map.of("unknown", new Count(3, Map.of("no isRegistered", 2L, "no isActive", 1L))));
        assertThat(done.failed()).isZero();
        assertThat(user("ann").writes()).isEqualTo(writes);
        assertThat(user("ann").getFirstAttribute("gigya.leaving")).isEqualTo(before);
        assertThat(waiting("ann")).isOne();
        assertThat(gigya().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'isActive':true,'isRegistered':false", "'isActive':false,'isRegistered':true"})
    void before_a_file_takes_anything_away_gigya_is_asked(String flags) throws Exception {
        finished(false);
        gigya().calls().clear();

        var done = leaving().transfer(file("{'UID':'ann'," + flags + "}"));

        assertThat(done.states()).containsOnlyKeys("ready");
        assertThat(gigya().calls()).containsExactly("leavingAccount");
        assertThat(waiting("ann")).isOne();
        assertThat(user("ann").isEnabled()).isTrue();
        assertThat(user("ann").getFirstAttribute("gigya.leaving")).startsWith("ready yes");
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureKind.class,
            names = {"UNAVAILABLE", "MISCONFIGURED", "ACCOUNT_NOT_FOUND"})
    void a_file_takes_nothing_away_if_gigya_does_not_answer(FailureKind kind) throws Exception {
        finished(false);
        gigya().fail("leavingAccount", kind);
        var writes = user("ann").writes();

        var done = leaving()
                .transfer(file("{'UID':'ann','isActive':true,'isRegistered':false}\n"
                        + "{'UID':'ben','isActive':true,'isRegistered':false}\n"
                        + "{'UID':'eve','isActive':true,'isRegistered':true}"));

        assertThat(done.failed()).isEqualTo(2);
        assertThat(done.states()).isEqualTo(Map.of("passwordless", new Count(1, Map.of())));
        assertThat(user("ann").writes()).isEqualTo(writes);
        assertThat(waiting("ann")).isOne();
        assertThat(waiting("ben")).isOne();
    }

    @Test
    void a_node_that_is_gone_takes_its_file_along() throws Exception {
        leaving().transfer(new ByteArrayInputStream(new byte[0]));
        states().change(state -> true, state -> state.withMemo(state.memo().replace("FINISHED", "RUNNING")));

        leaving().resume();

        assertThat(leaving().progress().status()).isEqualTo("failed");
        assertThat(leaving().progress().reason()).contains("file");
    }

    @Test
    void a_preview_does_not_keep_a_run_waiting_whose_node_is_gone() throws Exception {
        finished(false);
        states().change(state -> true, state -> state.withMemo(state.memo().replace("FINISHED", "RUNNING")));

        assertThatThrownBy(() -> leaving().preview()).isInstanceOf(RunningException.class);
        assertThatThrownBy(() -> leaving().preview(new ByteArrayInputStream(new byte[0])))
                .isInstanceOf(RunningException.class);

        leaving().resume();
        await().until(() -> leaving().progress().status().equals("finished"));
    }

    @Test
    void a_file_that_broke_off_is_not_told_as_done() {
        var gone = new IllegalStateException(new SQLTransientConnectionException());

        assertThatThrownBy(() -> leaving().transfer(breakingOff(() -> {}, gone)))
                .isInstanceOf(BrokenOffException.class);
        assertThatThrownBy(() -> leaving().transfer(breakingOff(this::takeTheLockAway, gone)))
                .isInstanceOf(LockLostException.class);
    }

    private long waiting(String uid) {
        return user(uid).credentialManager().getStoredCredentialsStream().count();
    }

    private static String ofAnn() {
        return password("pbkdf2").replace('"', '\'');
    }

    private static InputStream file(String lines) {
        return new ByteArrayInputStream(lines.replace('\'', '"').getBytes(UTF_8));
    }

    private void takeTheLockAway() {
        states().change(
                        state -> true,
                        state -> new SyncState(
                                "another", "node", Instant.now(), state.site(), state.watermark(), state.memo()));
    }

    private static InputStream breakingOff(Runnable before, RuntimeException with) {
        return new InputStream() {
            @Override
            public int read() {
                before.run();
                throw with;
            }
        };
    }

    private void failAfterPages(int pages) {
        gigya().failAfter("leavingPage", pages, FailureKind.MISCONFIGURED);
    }

    private LeavingAnswer finished(boolean anew) throws Exception {
        leaving().start(anew);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !leaving().progress().status().equals("running") && lockIsFree());
        return leaving().progress();
    }

    private LeavingAnswer previewed() throws Exception {
        leaving().preview();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !leaving().previewed().status().equals("running") && lockIsFree());
        return leaving().previewed();
    }

    private boolean lockIsFree() {
        return states().present().filter(state -> state.owner().isEmpty()).isPresent();
    }

    private Leaving leaving() {
        var option = mock(Config.Scope.class);
        when(option.get(eq("bulkWrites"), any())).thenReturn("model");
        var bulk = new BulkPath();
        bulk.init(option);
        return new Leaving(
                shop.shop().keycloak().sessions(),
                shop.shop().realm().getId(),
                shop.shop().realm().getComponent(Shop.FEDERATION),
                bulk,
                runs);
    }

    private SyncStates states() {
        return new SyncStates(
                shop.shop().keycloak().sessions(),
                SyncStates.Work.LEAVING,
                shop.shop().realm().getId(),
                Shop.FEDERATION);
    }

    private InMemoryGigya gigya() {
        return shop.shop().gigya();
    }

    private GigyaPerson account(String uid, int second) {
        return gigya().account(uid).changedAt(DAY.plusSeconds(second));
    }

    private GigyaPerson known(String uid, int second) {
        shop.user(uid);
        return account(uid, second);
    }

    private InMemoryUser user(String uid) {
        return shop.shop().keycloak().user(new UserIds(Shop.FEDERATION).of(new Uid(uid)));
    }

    private static String password(String algorithm) {
        return """
                {"password":{"hash":"%s","created":"2020-05-25T11:40:22.353Z",\
                "hashSettings":{"algorithm":"%s","rounds":3000,"salt":"c2FsdA=="}}}""".formatted(HASH, algorithm);
    }
}
