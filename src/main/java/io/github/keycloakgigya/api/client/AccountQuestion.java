package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.Uid;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code accounts.getAccountInfo} is asked.
 *
 * @param uid of the account
 * @param sections what is wanted besides its state
 */
record AccountQuestion(Uid uid, Set<AccountSection> sections) {

    Map<String, String> parameters() {
        var parameters = new TreeMap<String, String>();
        parameters.put("UID", uid.value());
        include(sections, parameters);
        return parameters;
    }

    static void include(Set<AccountSection> sections, Map<String, String> parameters) {
        parameters.put("include", names(sections));
        if (sections.contains(AccountSection.COMMUNICATIONS)) {
            parameters.put("includeCommunications", "all");
        }
    }

    private static String names(Set<AccountSection> sections) {
        var included = sections.stream()
                .filter(section -> section != AccountSection.COMMUNICATIONS)
                .sorted()
                .map(AccountSection::id);
        return Stream.concat(Stream.of("emails", "loginIDs"), included).collect(Collectors.joining(","));
    }

    AccountInfo answered(Answer answer) throws GigyaException {
        var told = answer.sections(sections);
        // Unasked, and nothing else of a password, whatever Gigya sends: it may be the hash.
        answer.optionalText("password", "created")
                .ifPresent(created -> told.put("password", Map.of("created", created)));
        return new AccountInfo(
                answer.requiredUid(uid),
                answer.requiredBoolean("isActive"),
                answer.has("isRegistered") && answer.requiredBoolean("isRegistered"),
                Set.copyOf(answer.texts("emails", "verified")),
                loginIds(answer),
                answer.time("lastLogin"),
                told,
                answer.time("lastUpdated"));
    }

    // Not those below unverifiedEmails, which become login identifiers once they are verified.
    private static Set<String> loginIds(Answer answer) throws GigyaException {
        var ids = new HashSet<>(answer.texts("loginIDs", "emails"));
        answer.optionalText("loginIDs", "username").ifPresent(ids::add);
        return ids;
    }

    /**
     * What {@code accounts.getAccountInfo} is asked where the account's UID is not known.
     *
     * @param identifier that the account's owner signs in by
     * @param sections what is wanted besides its state, profile and data
     */
    record IdentifierQuestion(Identifier identifier, Set<AccountSection> sections) {

        private static final JsonMapper JSON = new JsonMapper();

        Map<String, String> parameters() {
            var parameters = new TreeMap<String, String>();
            AccountQuestion.include(sections, parameters);
            parameters.compute("include", (key, names) -> "profile,data,customIdentifiers," + names);
            parameters.put(
                    "findBy",
                    JSON.createObjectNode()
                            .put(identifier.name(), identifier.value())
                            .toString());
            return parameters;
        }

        /** {@return the account, which the answer must not say to have another identifier} */
        SearchPage answered(Answer answer) throws GigyaException {
            var told = answer.optionalText("customIdentifiers", identifier.name())
                    .or(() -> identifier.name().equals("_phoneNumber")
                            ? answer.optionalText("phoneNumber")
                            : Optional.empty());
            if (told.filter(value -> !value.equals(identifier.value())).isPresent()) {
                throw answer.malformed("UID");
            }
            return SearchAnswer.single(answer, sections);
        }
    }
}
