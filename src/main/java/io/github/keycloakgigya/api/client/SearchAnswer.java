package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the answers of {@code accounts.search}. */
final class SearchAnswer {

    private static final List<String> SECTIONS = List.of("profile", "data");
    // A person's consents and organizations are not to be lost because they came in another shape.
    private static final List<String> STRICT_SECTIONS = Stream.of(AccountSection.values())
            .filter(section -> !section.isSearchedApart())
            .map(AccountSection::id)
            .toList();

    private SearchAnswer() {}

    /**
     * {@return the page that an answer holds}
     *
     * @throws GigyaException where it is not the answer to a search
     */
    static SearchPage page(Answer answer) throws GigyaException {
        var accounts = new ArrayList<FoundAccount>();
        int unreadable = 0;
        for (var result : answer.array("results")) {
            var account = account(result);
            if (account.isPresent()) {
                accounts.add(account.get());
            } else {
                unreadable++;
            }
        }
        return new SearchPage(
                accounts,
                unreadable,
                answer.requiredCount("totalCount"),
                // Read leniently, a cursor of another type would end a sync early, and the rest would look deleted.
                answer.textIfAny("nextCursorId"),
                answer.time("time").orElseThrow(() -> answer.malformed("time")));
    }

    /**
     * {@return the account that an answer is about}
     *
     * @param sections what was asked for of it; one that is not there holds nothing
     * @throws GigyaException where it is about none
     */
    static SearchPage single(Answer answer, Set<AccountSection> sections) throws GigyaException {
        var account = answer.readBy(SearchAnswer::account).orElseThrow(() -> answer.malformed("UID"));
        var told = answer.sections(sections);
        for (var section : sections) {
            account = account.with(section, members(told.get(section.id())));
        }
        return new SearchPage(
                List.of(account),
                0,
                1,
                Optional.empty(),
                answer.time("time").orElseThrow(() -> answer.malformed("time")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(Object section) {
        return section == null ? Map.of() : (Map<String, Object>) section;
    }

    private static Optional<FoundAccount> account(JsonNode result) {
        var uid = Uid.of(result.path("UID").textValue());
        var active = result.path("isActive");
        var registered = result.path("isRegistered");
        if (uid.isEmpty()
                || !isFlagOrAbsent(active)
                || !isFlagOrAbsent(registered)
                || !STRICT_SECTIONS.stream().map(result::path).allMatch(AnsweredObjects::isObjectOrAbsent)) {
            return Optional.empty();
        }
        return Optional.of(new FoundAccount(
                uid.get(),
                active.asBoolean(true),
                registered.asBoolean(false),
                texts(result.path("emails").path("verified")),
                loginIds(result.path("loginIDs")),
                lastUpdated(result.path(SearchQuery.LAST_UPDATED)),
                sections(result)));
    }

    private static boolean isFlagOrAbsent(JsonNode flag) {
        return flag.isBoolean() || flag.isMissingNode() || flag.isNull();
    }

    // Not those below unverifiedEmails, which become login identifiers once they are verified.
    private static Set<String> loginIds(JsonNode loginIds) {
        var ids = texts(loginIds.path("emails"));
        Optional.ofNullable(loginIds.path("username").textValue()).ifPresent(ids::add);
        return ids;
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new HashSet<String>();
        for (var element : array) {
            if (array.isArray() && element.isTextual()) {
                texts.add(element.textValue());
            }
        }
        return texts;
    }

    private static Optional<Instant> lastUpdated(JsonNode millis) {
        return millis.isIntegralNumber() && millis.canConvertToLong()
                ? Optional.of(Instant.ofEpochMilli(millis.longValue()))
                : Optional.empty();
    }

    private static Map<String, Object> sections(JsonNode result) {
        var sections = AnsweredObjects.named(SECTIONS, result);
        sections.putAll(AnsweredObjects.named(STRICT_SECTIONS, result));
        // Nothing else of a password, whatever Gigya sends: it may be the hash.
        var created = result.path("password").path("created");
        if (created.isTextual()) {
            sections.put("password", Map.of("created", created.textValue()));
        }
        return sections;
    }

    /** Reads the answers of {@code accounts.search} to a {@link SectionQuery}. */
    static final class SectionAnswer {

        private SectionAnswer() {}

        /**
         * {@return what an answer holds of the accounts that were asked about}
         *
         * @throws GigyaException where it is not the answer to such a search: what it does not name would be taken for gone
         */
        static SectionPage page(Answer answer, SectionQuery query) throws GigyaException {
            var asked = new HashSet<>(query.uids());
            var byUid = new HashMap<Uid, Map<String, Object>>();
            var rows = answer.array("results");
            for (var row : rows) {
                var uid = row.path("UID").textValue();
                if (uid == null) {
                    throw answer.malformed("UID");
                }
                var account = Uid.of(uid).filter(asked::contains);
                if (account.isPresent()) {
                    byUid.computeIfAbsent(account.get(), first -> new HashMap<>())
                            .putAll(members(row, query.section(), answer));
                }
            }
            return new SectionPage(byUid, rows.size() < SectionQuery.MOST);
        }

        private static Map<String, Object> members(JsonNode row, AccountSection section, Answer answer)
                throws GigyaException {
            if (section == AccountSection.COMMUNICATIONS) {
                return communication(row, answer);
            }
            var members = row.path(section.id());
            if (!AnsweredObjects.isObjectOrAbsent(members)) {
                throw answer.malformed(section.id());
            }
            return members.isObject() ? AnsweredObjects.members(members) : Map.of();
        }

        // Under the name that accounts.getAccountInfo gives it.
        private static Map<String, Object> communication(JsonNode row, Answer answer) throws GigyaException {
            var topic = row.path("topicId").textValue();
            var channel = row.path("channelId").textValue();
            if (topic == null || channel == null) {
                throw answer.malformed("topicId");
            }
            var status = row.path("status").textValue();
            return Map.of(topic + "_" + channel, status == null ? Map.of() : Map.of("status", status));
        }
    }
}
