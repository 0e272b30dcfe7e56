package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchPage;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
