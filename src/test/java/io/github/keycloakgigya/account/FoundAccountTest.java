package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.account.AddressRule.ToldAddresses;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundAccountTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final GigyaField X = GigyaField.parse("data.x");
    private static final GigyaField NAME = GigyaField.parse("profile.firstName");

    private static FoundAccount found(Map<String, Object> sections, String... verified) {
        return new FoundAccount(
                new Uid("uid-1"), true, true, Set.of(verified), Set.of("ada"), Optional.empty(), sections);
    }

    @Test
    void a_value_is_found_by_its_path() {
        var account = found(Map.of(
                "profile", Map.of("firstName", "Ada", "phones", List.of(Map.of("number", "1"))),
                "data", Map.of("loyalty", Map.of("level", 3, "x.y", 4))));

        assertThat(account.value("profile.firstName")).isEqualTo("Ada");
        assertThat(account.value("data.loyalty.level")).isEqualTo(3);
        assertThat(account.value("data.loyalty")).isEqualTo(Map.of("level", 3, "x.y", 4));
        assertThat(account.value("profile.phones")).isEqualTo(List.of(Map.of("number", "1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile.lastName",
                "profile.firstName.more",
                "profile.firstname",
                "profile.phones.number",
                "profile.phones.0",
                "profile.phones.size",
                "data",
                "data.x",
                "firstName",
                "UID",
                "profile.none",
                "profile.none.more"
            })
    void a_path_that_leads_nowhere_has_no_value(String path) {
        var profile = new HashMap<String, Object>(Map.of("firstName", "Ada", "phones", List.of(Map.of("number", "1"))));
        profile.put("none", null);

        assertThat(found(Map.of("profile", profile)).value(path)).isNull();
    }

    @Test
    void an_account_holds_the_wanted_fields_of_what_was_found_and_no_other() throws GigyaException {
        var found =
                found(Map.of("profile", Map.of("firstName", "Ada"), "data", Map.of("x", List.of("a", "b"), "y", 1)));

        var account = GigyaAccount.of(found, NOW, Set.of(X, NAME, GigyaField.parse("data.gone")));

        assertThat(account.uid()).isEqualTo(new Uid("uid-1"));
        assertThat(account.asOf()).isEqualTo(NOW);
        assertThat(account.value(GigyaField.UID)).contains("uid-1");
        assertThat(account.value(NAME)).contains("Ada");
        assertThat(account.values(X)).containsExactly("a", "b");
        assertThat(account.values(GigyaField.parse("data.gone"))).isEmpty();
        assertThat(account.values(GigyaField.parse("data.y"))).isEmpty();
    }

    @Test
    void the_uid_is_the_accounts_own_whatever_its_fields_say() throws GigyaException {
        var found = found(Map.of("profile", Map.of("UID", "another"), "data", Map.of("UID", "another")));

        var account = GigyaAccount.of(found, NOW, Set.of(GigyaField.UID, X));

        assertThat(account.uid()).isEqualTo(new Uid("uid-1"));
        assertThat(account.values(GigyaField.UID)).containsExactly("uid-1");
    }

    @Test
    void a_field_that_holds_too_much_fails_the_whole_account_and_is_named_without_its_value() throws GigyaException {
        for (var most : List.of(Collections.nCopies(1_000, 1), "x".repeat(65_536))) {
            assertThat(GigyaAccount.of(found(Map.of("data", Map.of("x", most))), NOW, Set.of(X))
                            .values(X))
                    .isNotEmpty();
        }
        for (var tooMuch :
                List.of(Collections.nCopies(1_001, 1), "x".repeat(65_537), Map.of("k", "x".repeat(65_537)))) {
            var found = found(Map.of("data", Map.of("x", tooMuch)));
            assertThatExceptionOfType(GigyaException.class)
                    .isThrownBy(() -> GigyaAccount.of(found, NOW, Set.of(X, NAME)))
                    .withMessageContaining("data.x")
                    .withMessageNotContaining("xxx")
                    .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
        }
    }

    @Test
    void what_is_not_wanted_may_hold_any_amount() throws GigyaException {
        var found = found(Map.of("data", Map.of("x", "small", "y", "x".repeat(1_000_000))));

        assertThat(GigyaAccount.of(found, NOW, Set.of(X)).value(X)).contains("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\0b", "a\u007Fb"})
    void there_is_no_account_with_a_uid_that_can_be_none(String uid) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new FoundAccount(new Uid(uid), true, true, Set.of(), Set.of(), Optional.empty(), Map.of()));
    }

    @Test
    void an_address_beside_the_account_is_verified_in_any_letter_case() {
        var emails = ToldAddresses.of(found(Map.of(), "x@example.com", "ada@EXAMPLE.com"));

        assertThat(emails.isVerified("Ada@Example.com")).isTrue();
        assertThat(emails.isVerified("eve@example.com")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mike@example.com ", "mi\u212Ae@example.com", "m\u0131ke@example.com", "mike@example.co", ""})
    void an_address_that_only_looks_alike_is_not_verified(String address) {
        assertThat(ToldAddresses.of(found(Map.of(), "mike@example.com")).isVerified(address))
                .isFalse();
        assertThat(ToldAddresses.of(found(Map.of(), address)).isVerified("mike@example.com"))
                .isFalse();
    }

    @Test
    void an_address_in_the_profile_alone_and_an_empty_one_are_not_verified() {
        var account = found(Map.of("profile", Map.of("email", "ada@example.com")), "");

        assertThat(ToldAddresses.of(account).isVerified("ada@example.com")).isFalse();
        assertThat(ToldAddresses.of(account).isVerified("")).isFalse();
    }

    @Test
    void a_login_identifier_is_none_of_another_kind_and_verifies_nothing() {
        var addresses = ToldAddresses.of(found(Map.of(), "verified@example.com"));

        assertThat(addresses.isLoginId("ADA")).isTrue();
        assertThat(addresses.isVerified("ada")).isFalse();
        assertThat(addresses.isLoginId("verified@example.com")).isFalse();
    }

    @Test
    void whatever_is_logged_by_mistake_shows_nothing_of_a_person() throws GigyaException {
        var found = found(Map.of("profile", Map.of("firstName", "Ada"), "data", Map.of("x", "Ada")), "Ada@example.com");

        for (var value : List.of(found, ToldAddresses.of(found), GigyaAccount.of(found, NOW, Set.of(X, NAME)))) {
            assertThat(value.toString()).isNotBlank().doesNotContain("Ada", "uid-1");
        }
    }
}
