package io.github.keycloakgigya.simulator;

import java.util.List;
import java.util.stream.Stream;

/** An account's e-mail addresses. */
record AccountEmails(List<String> verified, List<String> unverified) {

    AccountEmails {
        verified = List.copyOf(verified);
        unverified = List.copyOf(unverified);
    }

    AccountEmails allVerified() {
        return new AccountEmails(joined(verified, unverified), List.of());
    }

    AccountEmails noneVerified() {
        return new AccountEmails(List.of(), joined(unverified, verified));
    }

    AccountEmails withVerified(String email) {
        var others = unverified.stream().filter(other -> !other.equals(email)).toList();
        return new AccountEmails(joined(verified, List.of(email)), others);
    }

    private static List<String> joined(List<String> emails, List<String> more) {
        return Stream.concat(emails.stream(), more.stream()).distinct().toList();
    }
}
