package io.github.keycloakgigya.simulator;

/** One version of an account, as searches find it. */
record SearchedAccount(
        String uid,
        boolean isActive,
        boolean isRegistered,
        boolean isVerified,
        AccountDates dates,
        LoginIds loginIds,
        AccountEmails emails,
        StoredFields fields) {}
