package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;

/** The parameters of register and setAccountInfo that are sections of an account. Nobody sets its {@code groups} by them. */
final class AccountChanges {

    private static final List<String> SECTIONS = List.of("profile", "data", "preferences", "subscriptions");

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

    /** Applies them; no webhook tells of it where a server says {@code muteWebhooks}. */
    void apply(Call call, Account account) throws Refusal {
        var changes = new LinkedHashMap<String, ObjectNode>();
        for (var section : SECTIONS) {
            call.optionalObject(section).ifPresent(members -> changes.put(section, members));
        }
        Runnable change = () -> changes.forEach(account::merge);
        if (call.caller().isServer() && call.request().parameters().flag("muteWebhooks")) {
            call.site().muted(change);
        } else {
            change.run();
        }
    }
}
