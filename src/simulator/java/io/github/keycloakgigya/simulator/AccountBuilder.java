package io.github.keycloakgigya.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds an {@link Account}; hand it to {@link Site#add}. Not thread-safe.
 *
 * <p>An account is active, registered and verified unless said otherwise.
 */
public final class AccountBuilder {

    String uid = RandomText.HEX_32.next();
    String password = RandomText.SECRET.next();
    PasswordHash passwordHash = PasswordHash.PBKDF2;
    String loginProvider = "site";
    boolean active = true;
    boolean registered = true;
    boolean verified = true;
    Optional<Instant> lastUpdated = Optional.empty();
    final Set<String> loginIds = new LinkedHashSet<>();
    final Set<String> unprovenLoginIds = new LinkedHashSet<>();
    final Set<String> verifiedEmails = new LinkedHashSet<>();
    final Set<String> unverifiedEmails = new LinkedHashSet<>();
    final Map<String, String> identifiers = new LinkedHashMap<>();
    final Map<String, String> identities = new LinkedHashMap<>();
    final Fields fields = new Fields();

    AccountBuilder() {}

    /** Sets the UID, any text; 32 random hexadecimal digits otherwise. */
    public AccountBuilder uid(String value) {
        uid = value;
        return this;
    }

    /** Adds a login identifier that is not an e-mail address. */
    public AccountBuilder username(String value) {
        loginIds.add(value);
        fields.set("profile.username", value);
        return this;
    }

    /** Adds a verified e-mail address as login identifier; the first one becomes {@code profile.email}. */
    public AccountBuilder verifiedEmail(String value) {
        verifiedEmails.add(value);
        return email(value);
    }

    /** Adds an e-mail address as login identifier that nobody verified; the first one becomes {@code profile.email}. */
    public AccountBuilder unverifiedEmail(String value) {
        unverifiedEmails.add(value);
        return email(value);
    }

    /**
     * Adds an e-mail address that signs in although nobody verified it, as at sites that do not ask for that; the first
     * one becomes {@code profile.email}.
     */
    public AccountBuilder loginEmail(String value) {
        unprovenLoginIds.add(value);
        return unverifiedEmail(value);
    }

    private AccountBuilder email(String value) {
        loginIds.add(value);
        if (fields.get("profile.email").isEmpty()) {
            fields.set("profile.email", value);
        }
        return this;
    }

    /** Adds a phone number to sign in by, + and digits. */
    public AccountBuilder phoneNumber(String value) {
        return identifier(Identifiers.PHONE_NUMBER, value);
    }

    /** Adds a custom identifier to sign in by, {@code loyaltyNumber} say. */
    public AccountBuilder identifier(String name, String value) {
        identifiers.put(name, value);
        return this;
    }

    /** Sets the password; a random one otherwise. */
    public AccountBuilder password(String value) {
        password = value;
        return this;
    }

    /** Sets how Gigya stores the password; {@link PasswordHash#PBKDF2} otherwise. */
    public AccountBuilder hashedBy(PasswordHash value) {
        passwordHash = value;
        return this;
    }

    /** Adds an identity at a provider, {@code facebook} say, by which the person may sign in as well. */
    public AccountBuilder identity(String provider, String providerUid) {
        identities.put(provider, providerUid);
        return this;
    }

    /** Sets a profile field, {@code firstName} say: text, number, list or map. */
    public AccountBuilder profile(String field, Object value) {
        if (!Schema.isProfileField(field)) {
            throw new IllegalArgumentException(field + " is not a profile field");
        }
        fields.set("profile." + field, value);
        return this;
    }

    /** Sets a data field by its dotted path below {@code data}: text, number, boolean, list or map. */
    public AccountBuilder data(String path, Object value) {
        fields.set("data." + path, value);
        return this;
    }

    /** Sets all members of a map below {@code data}. */
    public AccountBuilder data(Map<String, ?> members) {
        members.forEach(this::data);
        return this;
    }

    /** Sets what the person consented to, {@code terms.tos.isConsentGranted} say. */
    public AccountBuilder preference(String path, Object value) {
        fields.set("preferences." + path, value);
        return this;
    }

    /** Sets a subscription's field by its dotted path, {@code news.email.isSubscribed} say. */
    public AccountBuilder subscription(String path, Object value) {
        fields.set("subscriptions." + path, value);
        return this;
    }

    /** Sets the provider that the person signs in with, {@code facebook} say; {@code site} otherwise. */
    public AccountBuilder loginProvider(String name) {
        loginProvider = name;
        return this;
    }

    /** Makes the account a disabled one. */
    public AccountBuilder disabled() {
        active = false;
        return this;
    }

    /** Makes the registration an unfinished one. */
    public AccountBuilder pendingRegistration() {
        registered = false;
        return this;
    }

    /** Makes the account one whose e-mail address waits for verification. */
    public AccountBuilder pendingVerification() {
        verified = false;
        return this;
    }

    /** Makes the account one that was made, and changed last, at this moment; now otherwise. */
    public AccountBuilder lastUpdated(Instant moment) {
        lastUpdated = Optional.of(moment);
        return this;
    }

    Account build() {
        return new Account(this);
    }
}
