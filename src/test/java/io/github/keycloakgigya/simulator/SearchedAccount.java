package io.github.keycloakgigya.simulator;

import java.util.Set;

/** One version of an account, as searches find it. */
record SearchedAccount(
        String uid,
        boolean isActive,
        boolean isRegistered,
        boolean isVerified,
        AccountDates dates,
        Set<String> loginIds,
        AccountEmails emails,
        StoredFields fields) {}
