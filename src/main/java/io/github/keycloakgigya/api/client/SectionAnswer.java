package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.SectionPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.Uid;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** Reads the answers of {@code accounts.search} to a {@link SectionQuery}. */
final class SectionAnswer {

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
