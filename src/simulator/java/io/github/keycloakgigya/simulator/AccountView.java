package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** The account object of login, register, finalizeRegistration and getAccountInfo. */
record AccountView(Account account, Includes includes) {

    ObjectNode write(AccountDates.Unit timestamps) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("UID", account.uid());
        answer.put("isActive", account.isActive());
        answer.put("isRegistered", account.isRegistered());
        answer.put("isVerified", account.isVerified());
        account.dates().writeTo(answer, timestamps);
        answer.put("loginProvider", account.loginProvider());
        answer.put("socialProviders", account.loginProvider());
        for (var section : new String[] {"profile", "data", "preferences", "subscriptions"}) {
            if (includes.contains(section)) {
                answer.set(section, section(section));
            }
        }
        // What holds no data does not appear.
        if (includes.contains("groups") && !section("groups").isEmpty()) {
            answer.set("groups", section("groups"));
        }
        if (includes.communications() && !section("communications").isEmpty()) {
            answer.set("communications", section("communications"));
        }
        if (includes.contains("emails")) {
            var emails = answer.putObject("emails");
            account.emails().verified().forEach(emails.putArray("verified")::add);
            account.emails().unverified().forEach(emails.putArray("unverified")::add);
        }
        if (includes.contains("loginIDs")) {
            answer.set("loginIDs", account.loginIds().describe(account.emails()));
        }
        account.identifiers().phoneNumber().ifPresent(number -> answer.put("phoneNumber", number));
        if (includes.contains("customIdentifiers")) {
            var custom = answer.putObject("customIdentifiers");
            account.identifiers().custom().forEach(custom::put);
        }
        if (includes.contains("isLockedOut")) {
            answer.put("isLockedOut", account.isLocked());
        }
        if (account.isLocked()) {
            answer.put("lockedUntil", Instant.now().plus(Duration.ofMinutes(5)).toString());
        }
        return answer;
    }

    private ObjectNode section(String name) {
        return account.fields().section(name);
    }
}
