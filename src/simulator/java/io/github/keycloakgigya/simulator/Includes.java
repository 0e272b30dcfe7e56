package io.github.keycloakgigya.simulator;

import java.util.List;
import java.util.Set;

/** What a call asks to see of an account: the parameters {@code include} and {@code includeCommunications}. */
record Includes(Set<String> names, boolean communications) {

    private static final Set<String> KNOWN = Set.of(
            "identities-active",
            "identities-all",
            "identities-global",
            "loginIDs",
            "emails",
            "profile",
            "data",
            "memberships",
            "password",
            "isLockedOut",
            "lastLoginLocation",
            "regSource",
            "irank",
            "rba",
            "subscriptions",
            "userInfo",
            "preferences",
            "groups",
            "internal",
            "customIdentifiers",
            "id_token",
            "missing-required-fields");

    /** Refuses unknown names and blanks: the record says that the list has none. */
    static Includes of(Parameters parameters) throws Refusal {
        var names = Set.copyOf(List.of(parameters
                .optional("include")
                .orElse("profile,data,subscriptions")
                .split(",")));
        if (!KNOWN.containsAll(names)) {
            throw Refusal.invalid("include");
        }
        var communications = parameters.optional("includeCommunications");
        if (communications.isPresent() && !communications.get().equals("all")) {
            throw Refusal.invalid("includeCommunications (the simulator knows all)");
        }
        return new Includes(names, communications.isPresent());
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
