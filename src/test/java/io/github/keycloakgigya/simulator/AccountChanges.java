package io.github.keycloakgigya.simulator;

import java.util.List;

/** The parameters {@code profile}, {@code data} and {@code preferences} of register and setAccountInfo. */
final class AccountChanges {

    private static final List<String> SECTIONS = List.of("profile", "data", "preferences");

    /** Refuses what is no JSON object, and profile fields that Gigya doesn't have. */
    void check(Call call) throws Refusal {
        for (var section : SECTIONS) {
            call.optionalObject(section);
        }
        var profile = call.optionalObject("profile");
        if (profile.isPresent()) {
            for (var member : profile.get().properties()) {
                if (!Schema.isProfileField(member.getKey())) {
                    throw Refusal.invalid("profile." + member.getKey());
                }
            }
        }
    }

    void apply(Call call, Account account) throws Refusal {
        for (var section : SECTIONS) {
            call.optionalObject(section).ifPresent(changes -> account.merge(section, changes));
        }
    }
}
