package io.github.keycloakgigya.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the answers of {@code accounts.search}. */
final class SearchAnswer {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final int LONGEST_UID = 255;

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
                answer.optionalText("nextCursorId").filter(cursor -> !cursor.isEmpty()),
                answer.time("time").orElseThrow(() -> answer.malformed("time")));
    }

    private static Optional<FoundAccount> account(JsonNode result) {
        var uid = result.path("UID").asText("");
        if (!result.path("UID").isTextual() || uid.isBlank() || uid.length() > LONGEST_UID) {
            return Optional.empty();
        }
        return Optional.of(new FoundAccount(
                uid,
                result.path("isActive").asBoolean(true),
                result.path("isRegistered").asBoolean(false),
                verifiedEmails(result),
                lastUpdated(result.path(SearchQuery.LAST_UPDATED)),
                sections(result)));
    }

    private static Set<String> verifiedEmails(JsonNode result) {
        var emails = new HashSet<String>();
        for (var email : result.path("emails").path("verified")) {
            if (email.isTextual()) {
                emails.add(email.textValue());
            }
        }
        return emails;
    }

    private static Optional<Instant> lastUpdated(JsonNode millis) {
        return millis.canConvertToLong() ? Optional.of(Instant.ofEpochMilli(millis.longValue())) : Optional.empty();
    }

    private static Map<String, Object> sections(JsonNode result) {
        var sections = new HashMap<String, Object>();
        for (var name : List.of("profile", "data")) {
            if (result.path(name).isObject()) {
                sections.put(name, JSON.convertValue(result.path(name), OBJECT));
            }
        }
        return sections;
    }
}
