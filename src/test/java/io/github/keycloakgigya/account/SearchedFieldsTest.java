package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchedFieldsTest {

    private static final String SUBSCRIBED = "subscriptions.news.email.isSubscribed";

    private final GigyaApi gigya = mock(GigyaApi.class);
    private final List<SectionQuery> asked = new ArrayList<>();

    private static SearchedFields searched(String... paths) {
        return new SearchedFields(Stream.of(paths).map(GigyaField::parse).collect(Collectors.toSet()));
    }

    private static SearchPage page(int accounts) {
        var found = IntStream.range(0, accounts)
                .mapToObj(number -> new FoundAccount(
                        new Uid("uid-" + number),
                        true,
                        true,
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Map.of("data", Map.of("x", 1))))
                .toList();
        return new SearchPage(found, 2, 7_000, Optional.of("next"), Instant.EPOCH);
    }

    private static List<Uid> uids(String... texts) {
        return Stream.of(texts).map(Uid::new).toList();
    }

    /** Answers at most this many accounts as a whole. */
    private void gigyaKnows(int atOnce, String... subscribers) throws GigyaException {
        when(gigya.searchSection(any())).thenAnswer(call -> {
            SectionQuery query = call.getArgument(0);
            asked.add(query);
            var found = new HashMap<Uid, Map<String, Object>>();
            for (var uid : uids(subscribers)) {
                if (query.uids().contains(uid)) {
                    found.put(uid, Map.of("news", Map.of("email", Map.of("isSubscribed", true))));
                }
            }
            return new SectionPage(found, query.uids().size() <= atOnce);
        });
    }

    @Test
    void a_search_of_accounts_is_for_what_it_can_find() {
        assertThat(searched(
                                "profile.city",
                                "preferences.terms.tos.isConsentGranted",
                                "groups.organizations.orgId",
                                "groups.organizations.roles",
                                "communications.news_SMS.status",
                                SUBSCRIBED)
                        .columns())
                .containsExactlyInAnyOrder(
                        "profile.city", "preferences.terms.tos.isConsentGranted", "groups.organizations");
    }

    @Test
    void nothing_further_is_asked_where_no_such_field_is_mapped() throws Exception {
        var page = page(3);

        assertThat(searched("profile.city", "preferences.terms.tos.isConsentGranted")
                        .completed(page, () -> gigya))
                .isEqualTo(page);
        assertThat(searched(SUBSCRIBED).completed(page(0), () -> gigya)).isEqualTo(page(0));
        verifyNoInteractions(gigya);
    }

    @Test
    void each_account_of_a_page_gets_what_is_its_own() throws Exception {
        gigyaKnows(1_000, "uid-1", "stranger");

        var completed = searched(SUBSCRIBED, "data.x").completed(page(3), () -> gigya);

        assertThat(completed.accounts())
                .extracting(account -> account.value(SUBSCRIBED))
                .containsExactly(null, true, null);
        assertThat(completed.accounts())
                .extracting(account -> account.value("data.x"))
                .containsOnly(1);
        assertThat(completed.total()).isEqualTo(7_000);
        assertThat(completed.nextCursor()).contains("next");
        assertThat(asked)
                .containsExactly(new SectionQuery(AccountSection.SUBSCRIPTIONS, uids("uid-0", "uid-1", "uid-2")));
    }

    @Test
    void a_page_of_1000_accounts_takes_two_calls() throws Exception {
        gigyaKnows(1_000, "uid-0", "uid-999");

        var completed = searched(SUBSCRIBED).completed(page(1_000), () -> gigya);

        assertThat(asked).extracting(query -> query.uids().size()).containsExactly(500, 500);
        assertThat(completed.accounts().get(999).value(SUBSCRIBED)).isEqualTo(true);
    }

    @Test
    void an_answer_that_does_not_hold_all_is_asked_for_in_halves() throws Exception {
        gigyaKnows(2, "uid-0", "uid-3");

        var completed = searched(SUBSCRIBED).completed(page(4), () -> gigya);

        assertThat(asked).extracting(query -> query.uids().size()).containsExactly(4, 2, 2);
        assertThat(completed.accounts())
                .extracting(account -> account.value(SUBSCRIBED))
                .containsExactly(true, null, null, true);
    }

    @Test
    void an_account_with_too_much_is_a_failure_and_no_loop() throws Exception {
        gigyaKnows(0);

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> searched(SUBSCRIBED).completed(page(2), () -> gigya))
                .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE);
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_gigya_does_not_answer_is_not_taken_for_nothing() throws Exception {
        when(gigya.searchSection(any())).thenThrow(GigyaException.unavailable("busy"));

        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> searched(SUBSCRIBED).completed(page(2), () -> gigya));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "\" or \"\" = \"", "a\u200bb"})
    void an_account_that_no_query_can_name_is_refused_by_itself_and_the_others_are_not(String uid) throws Exception {
        gigyaKnows(1_000, "uid-0");
        var fields = Set.of(GigyaField.parse(SUBSCRIBED));
        var others = page(2);
        var all = new ArrayList<>(others.accounts());
        all.add(1, new FoundAccount(new Uid(uid), true, true, Set.of(), Set.of(), Optional.empty(), Map.of()));

        var completed = searched(SUBSCRIBED).completed(others.with(all), () -> gigya);

        assertThat(asked).extracting(SectionQuery::uids).containsExactly(uids("uid-0", "uid-1"));
        assertThat(asked.get(0).text()).isPresent();
        assertThat(completed.accounts()).hasSize(3);
        assertThat(GigyaAccount.of(completed.accounts().get(0), Instant.EPOCH, fields)
                        .value(GigyaField.parse(SUBSCRIBED)))
                .contains("true");
        assertThat(GigyaAccount.of(completed.accounts().get(2), Instant.EPOCH, fields)
                        .value(GigyaField.parse(SUBSCRIBED)))
                .isEmpty();
        assertThatExceptionOfType(GigyaException.class)
                .isThrownBy(() -> GigyaAccount.of(completed.accounts().get(1), Instant.EPOCH, fields))
                .matches(failure -> failure.kind() == FailureKind.UNAVAILABLE)
                .withMessageNotContaining(uid);
        assertThat(GigyaAccount.of(completed.accounts().get(1), Instant.EPOCH, Set.of())
                        .uid())
                .isEqualTo(new Uid(uid));
    }

    @Test
    void nothing_is_asked_where_no_query_can_name_any_account_of_a_page() throws Exception {
        var nameless = new FoundAccount(new Uid("\""), true, true, Set.of(), Set.of(), Optional.empty(), Map.of());

        assertThat(searched(SUBSCRIBED)
                        .completed(page(0).with(List.of(nameless)), () -> gigya)
                        .accounts())
                .containsExactly(nameless);
        verifyNoInteractions(gigya);
    }
}
