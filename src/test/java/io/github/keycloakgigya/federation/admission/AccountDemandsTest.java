package io.github.keycloakgigya.federation.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.failure.SignInError;
import io.github.keycloakgigya.failure.SignInException;
import io.github.keycloakgigya.federation.admission.AccountInquiry.AccountDemands;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an account has to say before anybody is written. */
class AccountDemandsTest {

    private static final GigyaField TEXT = GigyaField.parse("data.text");
    private static final GigyaField LIST = GigyaField.parse("data.list");
    private static final Set<GigyaField> BOTH = Set.of(TEXT, LIST);

    private static final AccountDemands DEMANDS = AccountDemands.ofFields(BOTH, 65_536);

    @Test
    void a_login_holds_an_account_of_64_kib() throws GigyaException {
        var account = account("a".repeat(65_534), List.of("b", "c"), BOTH);

        assertThatCode(() -> DEMANDS.require(account, BOTH)).doesNotThrowAnyException();
    }

    @Test
    void what_is_larger_in_all_values_together_is_refused_without_showing_it() throws GigyaException {
        var account = account("a".repeat(65_534), List.of("bb", "c"), BOTH);

        assertThatThrownBy(() -> DEMANDS.require(account, BOTH))
                .isInstanceOfSatisfying(SignInException.class, failed -> {
                    assertThat(failed.error()).isEqualTo(SignInError.GIGYA_UNAVAILABLE);
                    assertThat(failed).hasMessageContaining("65537 characters");
                });
    }

    @Test
    void a_list_of_long_values_is_no_way_around_it() throws GigyaException {
        var account = account("", List.of("a".repeat(40_000), "b".repeat(40_000)), Set.of(LIST));

        assertThatThrownBy(() -> DEMANDS.require(account, Set.of(LIST))).isInstanceOf(SignInException.class);
    }

    @Test
    void where_no_login_keeps_it_an_account_may_be_larger() throws Exception {
        var account = account("a".repeat(65_536), List.of("b"), BOTH);

        assertThatCode(() -> AccountDemands.none().require(account, BOTH)).doesNotThrowAnyException();
    }

    @Test
    void one_value_of_an_essential_field_has_to_match_as_a_whole() throws Exception {
        var essential = new AccountDemands.Essential(LIST, Pattern.compile("gold|silver"));
        var demands = new AccountDemands(BOTH, OptionalInt.empty(), Optional.of(essential), Optional.empty());

        assertThatCode(() -> demands.require(account("", List.of("tin", "gold"), BOTH), BOTH))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> demands.require(account("gold", List.of("golden"), BOTH), BOTH))
                .isInstanceOfSatisfying(
                        SignInException.class,
                        failed -> assertThat(failed.error()).isEqualTo(SignInError.ESSENTIAL_CLAIM_MISSING));
    }

    private static GigyaAccount account(String text, List<String> list, Set<GigyaField> fields) throws GigyaException {
        var found = new FoundAccount(
                new Uid("uid"),
                true,
                true,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Map.of("data", Map.of("text", text, "list", list)));
        return GigyaAccount.of(found, Instant.EPOCH, fields);
    }
}
