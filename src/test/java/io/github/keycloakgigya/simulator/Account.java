package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A person's account. Thread-safe; changes show in the next answer. */
public final class Account {

    private static final int WRONG_PASSWORDS_UNTIL_LOCKED = 5;

    private final Set<String> loginIds;
    private final Set<String> verifiedEmails;
    private final Set<String> unverifiedEmails;
    private final Fields fields;
    private final AccountDates dates = new AccountDates();
    private final String loginProvider;
    private volatile Schema schema = new Schema();
    private volatile String uid;
    private volatile String password;
    private volatile boolean active;
    private volatile boolean registered;
    private volatile boolean verified;
    private volatile boolean locked;
    private int wrongPasswords;

    Account(AccountBuilder builder) {
        uid = builder.uid;
        password = builder.password;
        loginProvider = builder.loginProvider;
        active = builder.active;
        registered = builder.registered;
        verified = builder.verified;
        loginIds = Set.copyOf(builder.loginIds);
        verifiedEmails = new LinkedHashSet<>(builder.verifiedEmails);
        unverifiedEmails = new LinkedHashSet<>(builder.unverifiedEmails);
        fields = builder.fields;
        dates.happened("created", "lastUpdated", "oldestDataUpdated");
        if (registered) {
            dates.happened("registered");
        }
        if (verified) {
            dates.happened("verified");
        }
    }

    /** {@return a builder of an account with a random UID and password} */
    public static AccountBuilder builder() {
        return new AccountBuilder();
    }

    /** {@return the UID} */
    public String uid() {
        return uid;
    }

    /** Sets a profile field, {@code firstName} say; null removes it. */
    public void setProfile(String field, Object value) {
        setField("profile." + field, value);
    }

    /** Sets a data field by its dotted path below {@code data}; null removes it. */
    public void setData(String path, Object value) {
        setField("data." + path, value);
    }

    private void setField(String path, Object value) {
        fields.set(path, value);
        updated();
    }

    /** Sets the password. */
    public void setPassword(String value) {
        password = value;
    }

    /** Disables or enables the account. */
    public void setActive(boolean value) {
        active = value;
        updated();
    }

    /** Locks the account out or lets it in again, and forgets wrong passwords. */
    public synchronized void setLocked(boolean value) {
        locked = value;
        wrongPasswords = 0;
    }

    /** Verifies all e-mail addresses, as the person does by a click in the message. */
    public synchronized void verifyEmails() {
        verifiedEmails.addAll(unverifiedEmails);
        unverifiedEmails.clear();
        verified = true;
        dates.happened("verified", "lastUpdated");
    }

    /** Takes the verification of all e-mail addresses back; the account itself stays a verified one. */
    public synchronized void unverifyEmails() {
        unverifiedEmails.addAll(verifiedEmails);
        verifiedEmails.clear();
        updated();
    }

    /** Adds a verified e-mail address, or makes one that is there a verified one; {@code profile.email} stays. */
    public synchronized void addVerifiedEmail(String email) {
        unverifiedEmails.remove(email);
        verifiedEmails.add(email);
        updated();
    }

    /** {@return the provider that the person signs in with, {@code site} for a password} */
    public String loginProvider() {
        return loginProvider;
    }

    /** {@return whether the account is not disabled} */
    public boolean isActive() {
        return active;
    }

    /** {@return whether the registration is finished} */
    public boolean isRegistered() {
        return registered;
    }

    /** {@return whether the account counts as verified} */
    public boolean isVerified() {
        return verified;
    }

    /** {@return whether sign-ins are refused for a while} */
    public boolean isLocked() {
        return locked;
    }

    /** Counts wrong passwords; the fifth locks the account. */
    synchronized boolean acceptsPassword(String candidate) {
        if (MessageDigest.isEqual(
                password.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8))) {
            wrongPasswords = 0;
            return true;
        }
        wrongPasswords++;
        locked = locked || wrongPasswords >= WRONG_PASSWORDS_UNTIL_LOCKED;
        return false;
    }

    void register() {
        registered = true;
        dates.happened("registered", "lastUpdated");
    }

    void loggedIn() {
        dates.happened("lastLogin");
    }

    void merge(String section, ObjectNode changes) {
        fields.merge(section, changes);
        updated();
    }

    void replaceUid(String newUid) {
        uid = newUid;
    }

    void describeFieldsTo(Schema itsSchema) {
        schema = itsSchema;
        fields.describeTo(schema);
    }

    private void updated() {
        fields.describeTo(schema);
        dates.happened("lastUpdated");
    }

    Set<String> loginIds() {
        return loginIds;
    }

    synchronized List<String> verifiedEmails() {
        return List.copyOf(verifiedEmails);
    }

    synchronized List<String> unverifiedEmails() {
        return List.copyOf(unverifiedEmails);
    }

    Fields fields() {
        return fields;
    }

    AccountDates dates() {
        return dates;
    }

    /** Leaves everything but the UID out. */
    @Override
    public String toString() {
        return "Account[" + uid + "]";
    }
}
