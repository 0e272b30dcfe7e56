package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An account while a query looks at it. Not thread-safe: it reads the account's fields once, when first needed. */
final class SearchedRow {

    private final SearchedAccount account;
    private Fields fields;

    SearchedRow(SearchedAccount account) {
        this.account = account;
    }

    SearchedAccount account() {
        return account;
    }

    /** {@return what stands in a column} Empty where the account has no value there. */
    Optional<JsonNode> value(String column) {
        return switch (column) {
            case "UID" -> Optional.of(TextNode.valueOf(account.uid()));
            case "isActive" -> Optional.of(BooleanNode.valueOf(account.isActive()));
            case "isRegistered" -> Optional.of(BooleanNode.valueOf(account.isRegistered()));
            case "isVerified" -> Optional.of(BooleanNode.valueOf(account.isVerified()));
            case "emails" -> Optional.of(emails());
            case "emails.verified" -> Optional.of(array(account.emails().verified()));
            case "emails.unverified" -> Optional.of(array(account.emails().unverified()));
            case "loginIDs" -> Optional.of(loginIds());
            case "loginIDs.username", "loginIDs.emails", "loginIDs.unverifiedEmails" ->
                Optional.ofNullable(loginIds().get(column.substring("loginIDs.".length())));
            case SearchColumn.PASSWORD_CREATED ->
                Optional.of(TextNode.valueOf(AccountDates.text(account.passwordCreated())));
            case "password" -> Optional.of(password());
            case "identities" -> Optional.of(identities());
            case "lastLogin" ->
                timestamp("lastLoginTimestamp")
                        .map(millis -> TextNode.valueOf(AccountDates.text(Instant.ofEpochMilli(millis.longValue()))));
            case "topicId" -> communication("topic");
            case "channelId" -> communication("channel");
            case "status" -> communication("status");
            default -> AccountDates.isTimestamp(column) ? timestamp(column) : fields().get(column);
        };
    }

    private ObjectNode password() {
        var password = Reply.object().put("created", AccountDates.text(account.passwordCreated()));
        account.luggage().password().describe(password);
        return password;
    }

    private ArrayNode identities() {
        var identities = Reply.object().arrayNode();
        account.luggage().describeIdentities(identities);
        return identities;
    }

    private Optional<JsonNode> communication(String member) {
        return account.communication().flatMap(name -> fields().get("communications." + name + "." + member));
    }

    private Optional<JsonNode> timestamp(String column) {
        var moment = account.dates().timestamp(column);
        return moment.isPresent() ? Optional.of(LongNode.valueOf(moment.getAsLong())) : Optional.empty();
    }

    private ObjectNode emails() {
        var emails = Reply.object();
        emails.set("verified", array(account.emails().verified()));
        emails.set("unverified", array(account.emails().unverified()));
        return emails;
    }

    private ObjectNode loginIds() {
        return account.loginIds().describe(account.emails());
    }

    private static ArrayNode array(List<String> texts) {
        var array = Reply.object().arrayNode();
        texts.forEach(array::add);
        return array;
    }

    private Fields fields() {
        if (fields == null) {
            fields = account.fields().read();
        }
        return fields;
    }
}
