package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an account's owner signs in by. A verified address need not be among it, and an address among it need not be a
 * verified one: both stand in answers that were recorded of the real service.
 *
 * @param all of them
 * @param unproven addresses that sign in although nobody verified them, where the site does not ask for that
 */
record LoginIds(Set<String> all, Set<String> unproven) {

    LoginIds {
        all = Set.copyOf(all);
        unproven = Set.copyOf(unproven);
    }

    /** {@return the member {@code loginIDs} of an account} */
    ObjectNode describe(AccountEmails emails) {
        var members = Reply.object();
        Predicate<String> isVerified = emails.verified()::contains;
        Predicate<String> isUnverified = emails.unverified()::contains;
        all.stream()
                .filter(isVerified.or(isUnverified).negate())
                .findFirst()
                .ifPresent(username -> members.put("username", username));
        var usable = members.putArray("emails");
        all.stream().filter(isVerified.or(unproven::contains)).sorted().forEach(usable::add);
        var waiting = members.putArray("unverifiedEmails");
        all.stream()
                .filter(isUnverified.and(id -> !unproven.contains(id)))
                .sorted()
                .forEach(waiting::add);
        return members;
    }
}
