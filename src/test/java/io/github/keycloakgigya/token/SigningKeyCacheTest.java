package io.github.keycloakgigya.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite.ApiDomain;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.token.GigyaTokenVerifier.SigningKeys;
import io.github.keycloakgigya.token.TokenExpectation.TokenOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When keys are fetched, kept and given up. */
class SigningKeyCacheTest {

    private static final GigyaKey OLD = GigyaKey.of("old");
    private static final GigyaKey NEW = GigyaKey.of("new");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SigningKeyCache cache = new SigningKeyCache(clock, CallObserver.NONE);
    private final KeyServer gigya = KeyServer.publishing(OLD);
    private final SigningKeys keys = cache.keysOf(gigya, CallGate.OPEN);

    private boolean knows(GigyaKey key, TokenOrigin origin) throws GigyaException {
        return keys.find(key.id(), origin).isPresent();
    }

    private boolean knows(String keyId, TokenOrigin origin) throws GigyaException {
        return keys.find(keyId, origin).isPresent();
    }

    @Test
    void keys_are_fetched_once_a_day_for_all_sites_of_a_domain() throws Exception {
        var otherSite = KeyServer.publishing(OLD);
        for (int i = 0; i < 100; i++) {
            assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
            assertThat(cache.keysOf(otherSite, CallGate.OPEN).find(OLD.id(), TokenOrigin.GIGYA))
                    .isPresent();
            clock.advance(Duration.ofMinutes(14));
        }

        assertThat(gigya.calls() + otherSite.calls()).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        assertThat(gigya.calls()).isEqualTo(2);
    }

    @Test
    void keys_of_domains_are_apart() throws Exception {
        var custom = new KeyServer(ApiDomain.custom("login.example.com"), NEW);
        var europe = new KeyServer(ApiDomain.of(DataCenter.EU1), OLD);

        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        assertThat(cache.keysOf(custom, CallGate.OPEN).find(NEW.id(), TokenOrigin.GIGYA))
                .isPresent();
        assertThat(cache.keysOf(custom, CallGate.OPEN).find(OLD.id(), TokenOrigin.GIGYA))
                .isEmpty();
        assertThat(cache.keysOf(europe, CallGate.OPEN).find(OLD.id(), TokenOrigin.GIGYA))
                .isPresent();
        assertThat(knows(NEW, TokenOrigin.GIGYA)).isFalse();
        assertThat(europe.calls()).isEqualTo(1);
    }

    @Test
    void a_rotation_is_seen_with_the_first_answer_that_names_the_new_key() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        gigya.publish(NEW);

        assertThat(knows(NEW, TokenOrigin.GIGYA)).isTrue();
        assertThat(knows(OLD, TokenOrigin.BROWSER))
                .as("a withdrawn key is trusted no longer")
                .isFalse();
    }

    @Test
    void a_rotation_is_seen_with_the_first_browser_that_brings_the_new_key() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        gigya.publish(OLD, NEW);

        assertThat(knows(NEW, TokenOrigin.BROWSER)).isTrue();
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        assertThat(gigya.calls()).isEqualTo(2);
    }

    @Test
    void a_flood_of_key_ids_from_browsers_makes_a_few_calls_a_minute() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        int before = gigya.calls();

        for (int i = 0; i < 6_000; i++) {
            assertThat(knows("made-up-" + i, TokenOrigin.BROWSER)).isFalse();
            clock.advance(Duration.ofMillis(10));
        }

        assertThat(gigya.calls() - before).isBetween(1, 6);
    }

    @Test
    void a_flood_from_browsers_does_not_delay_a_rotation() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            knows("made-up-" + i, TokenOrigin.BROWSER);
        }
        gigya.publish(NEW);

        assertThat(knows(NEW, TokenOrigin.GIGYA)).isTrue();
    }

    @Test
    void under_a_flood_a_new_key_that_only_browsers_bring_is_known_after_20_seconds() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            knows("made-up-" + i, TokenOrigin.BROWSER);
        }
        gigya.publish(NEW);
        assertThat(knows(NEW, TokenOrigin.BROWSER)).isFalse();

        clock.advance(Duration.ofSeconds(20));
        knows("made-up-again", TokenOrigin.BROWSER);

        assertThat(knows(NEW, TokenOrigin.BROWSER)).isTrue();
    }

    @Test
    void a_gigya_that_names_unknown_keys_all_the_time_is_asked_about_once_a_second() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();

        for (int i = 0; i < 1_000; i++) {
            assertThat(knows("never-published", TokenOrigin.GIGYA)).isFalse();
            clock.advance(Duration.ofMillis(10));
        }

        assertThat(gigya.calls()).isBetween(5, 20);
    }

    @Test
    void a_failed_fetch_keeps_the_old_keys_for_a_week() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        gigya.fail();

        for (int day = 1; day < 7; day++) {
            clock.advance(Duration.ofDays(1));
            assertThat(knows(OLD, TokenOrigin.BROWSER)).as("day %s", day).isTrue();
        }
        assertThat(gigya.calls()).isEqualTo(7);

        clock.advance(Duration.ofDays(1));
        assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> knows(OLD, TokenOrigin.BROWSER));
    }

    @Test
    void old_keys_are_refreshed_every_half_minute_until_it_works() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        gigya.fail();
        clock.advance(Duration.ofHours(25));
        for (int i = 0; i < 100; i++) {
            assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        }
        assertThat(gigya.calls()).isEqualTo(2);

        gigya.publish(NEW);
        clock.advance(Duration.ofSeconds(30));

        assertThat(knows(OLD, TokenOrigin.GIGYA)).isFalse();
        assertThat(knows(NEW, TokenOrigin.GIGYA)).isTrue();
    }

    @Test
    void an_unknown_key_can_not_be_judged_while_gigya_is_down() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        gigya.fail();

        for (var origin : TokenOrigin.values()) {
            assertThatExceptionOfType(GigyaException.class)
                    .isThrownBy(() -> knows(NEW, origin))
                    .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
        }
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
    }

    @Test
    void however_often_browsers_ask_during_an_outage_their_keys_stay_unjudged() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        gigya.fail();

        for (int i = 0; i < 1_000; i++) {
            assertThatExceptionOfType(GigyaException.class)
                    .isThrownBy(() -> knows(NEW, TokenOrigin.BROWSER))
                    .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
        }

        assertThat(gigya.calls()).isBetween(2, 10);
    }

    @Test
    void a_key_that_is_new_after_an_outage_is_known_after_two_seconds() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        gigya.fail();
        for (int i = 0; i < 1_000; i++) {
            assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> knows(NEW, TokenOrigin.BROWSER));
        }
        gigya.publish(NEW);
        clock.advance(Duration.ofSeconds(2));

        assertThat(knows(NEW, TokenOrigin.BROWSER)).isTrue();
    }

    @Test
    void the_first_fetch_is_tried_again_as_soon_as_gigya_is_back() throws Exception {
        gigya.fail();
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> knows(OLD, TokenOrigin.BROWSER));
        }
        gigya.publish(OLD);

        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
    }

    @Test
    void an_answer_without_a_usable_key_never_replaces_good_keys() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();

        for (var answer : List.of(List.<Map<String, Object>>of(), List.of(Map.<String, Object>of("kty", "RSA")))) {
            gigya.answer(() -> answer);
            assertThatExceptionOfType(GigyaException.class).isThrownBy(() -> knows(NEW, TokenOrigin.GIGYA));
            assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        }
    }

    @Test
    void an_answer_of_very_many_keys_is_cut_off() throws Exception {
        gigya.publish(
                IntStream.range(0, 101).mapToObj(i -> OLD.named("key-" + i)).toArray(GigyaKey[]::new));

        assertThat(knows("key-99", TokenOrigin.GIGYA)).isTrue();
        assertThat(knows("key-100", TokenOrigin.GIGYA)).isFalse();
    }

    @Test
    void the_first_of_two_keys_of_one_id_is_taken() throws Exception {
        gigya.publish(OLD, NEW.named(OLD.id()));
        var verifier = new GigyaTokenVerifier(keys, clock);
        var expected = TokenExpectation.answerAbout(new Uid("uid"), "3_site", Duration.ofSeconds(60));

        var token = GigyaTokens.account(OLD, "3_site", "uid", clock.instant()).signed();

        assertThat(verifier.verify(token, expected).subject()).isEqualTo("uid");
    }

    @Test
    void a_clock_that_is_set_back_stops_nothing() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        clock.advance(Duration.ofDays(-400));
        gigya.publish(NEW);

        assertThat(knows(OLD, TokenOrigin.GIGYA))
                .as("keys from the future are fetched anew")
                .isFalse();
        assertThat(knows(NEW, TokenOrigin.GIGYA)).isTrue();
        assertThat(knows("made-up", TokenOrigin.BROWSER)).isFalse();
    }

    @Test
    void a_budget_that_is_used_up_comes_back_though_the_clock_is_set_back() throws Exception {
        assertThat(knows(OLD, TokenOrigin.BROWSER)).isTrue();
        for (int i = 0; i < 10; i++) {
            knows("made-up-" + i, TokenOrigin.BROWSER);
        }
        clock.advance(Duration.ofSeconds(-90));
        knows("made-up-then", TokenOrigin.BROWSER);
        gigya.publish(NEW);
        clock.advance(Duration.ofSeconds(20));

        assertThat(knows(NEW, TokenOrigin.BROWSER)).isTrue();
    }

    @Test
    void a_thousand_other_domains_push_a_domain_out_which_is_fetched_again() throws Exception {
        assertThat(knows(OLD, TokenOrigin.GIGYA)).isTrue();
        for (int i = 0; i < 1_000; i++) {
            cache.keysOf(new KeyServer(ApiDomain.custom("site" + i + ".example.com"), OLD), CallGate.OPEN);
        }

        assertThat(cache.keysOf(gigya, CallGate.OPEN).find(OLD.id(), TokenOrigin.GIGYA))
                .isPresent();
        assertThat(gigya.calls()).isEqualTo(2);
    }
}
