package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Whether an account is in a state to be signed in, and what is missing otherwise. */
record AccountState(Site site, Account account) {

    List<String> missingFields() {
        var fields = account.fields();
        return site.requiredFields().stream()
                .filter(field -> fields.get(field).isEmpty())
                .toList();
    }

    void requireActive() throws Refusal {
        if (!account.isActive()) {
            throw Refusal.of(GigyaError.ACCOUNT_DISABLED);
        }
    }

    void requireRegistered(ObjectNode members) throws Refusal {
        if (!account.isRegistered()) {
            var missing = missingFields();
            throw Refusal.of(
                    GigyaError.PENDING_REGISTRATION,
                    missing.isEmpty()
                            ? GigyaError.PENDING_REGISTRATION.message()
                            : "Missing required fields for registration: " + String.join(", ", missing),
                    members);
        }
    }

    void requireVerified(ObjectNode members) throws Refusal {
        if (!account.isVerified()) {
            throw Refusal.of(GigyaError.PENDING_VERIFICATION, GigyaError.PENDING_VERIFICATION.message(), members);
        }
    }
}
