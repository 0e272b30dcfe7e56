package io.github.keycloakgigya.broker.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BrokeredAccountTest {

    private static final GigyaField TEXT = GigyaField.parse("data.text");
    private static final GigyaField LIST = GigyaField.parse("data.list");
    private static final Set<GigyaField> BOTH = Set.of(TEXT, LIST);

    @Test
    void a_login_holds_an_account_of_64_kib() throws GigyaException {
        var account = account("a".repeat(65_534), List.of("b", "c"), BOTH);

        assertThatCode(() -> BrokeredAccount.requireKeepable(account, BOTH)).doesNotThrowAnyException();
    }

    @Test
    void what_is_larger_in_all_values_together_is_refused_without_showing_it() throws GigyaException {
        var account = account("a".repeat(65_534), List.of("bb", "c"), BOTH);

        assertThatThrownBy(() -> BrokeredAccount.requireKeepable(account, BOTH))
                .isInstanceOfSatisfying(GigyaException.class, failed -> {
                    assertThat(failed.kind()).isEqualTo(FailureKind.UNAVAILABLE);
                    assertThat(failed).hasMessageContaining("65537 characters");
                });
    }

    @Test
    void a_list_of_long_values_is_no_way_around_it() throws GigyaException {
        var account = account("", List.of("a".repeat(40_000), "b".repeat(40_000)), Set.of(LIST));

        assertThatThrownBy(() -> BrokeredAccount.requireKeepable(account, Set.of(LIST)))
                .isInstanceOf(GigyaException.class);
    }

    private static GigyaAccount account(String text, List<String> list, Set<GigyaField> fields) throws GigyaException {
        var found = new FoundAccount(
                "uid",
                true,
                true,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Map.of("data", Map.of("text", text, "list", list)));
        return GigyaAccount.of(found, Instant.EPOCH, fields);
    }
}
