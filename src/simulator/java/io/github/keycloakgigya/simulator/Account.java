package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A person's account. Thread-safe; changes show in the next answer. */
public final class Account {

    private final LoginIds loginIds;
    private final Identifiers identifiers;
    private final String loginProvider;
    private final SearchedVersions searched = new SearchedVersions();
    private final AccountPassword password;
    private final Luggage luggage;
    private volatile AccountEmails emails;
    private volatile StoredFields fields;
    private volatile AccountDates dates;
    private volatile Optional<Accounts> home = Optional.empty();
    private volatile String uid;
    private volatile boolean active;
    private volatile boolean registered;
    private volatile boolean verified;

    Account(AccountBuilder builder) {
        uid = builder.uid;
        password = new AccountPassword(builder.password, builder.passwordHash);
        loginProvider = builder.loginProvider;
        luggage = new Luggage(password, Map.copyOf(builder.identities));
        active = builder.active;
        registered = builder.registered;
        verified = builder.verified;
        identifiers = new Identifiers(builder.identifiers);
        loginIds = new LoginIds(builder.loginIds, builder.unprovenLoginIds);
        emails = new AccountEmails(List.copyOf(builder.verifiedEmails), List.copyOf(builder.unverifiedEmails));
        fields = StoredFields.of(builder.fields);
        dates = AccountDates.first(builder.lastUpdated.orElseGet(Instant::now), registered, verified);
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

    /** Sets a consent or another preference by its dotted path below {@code preferences}; null removes it. */
    public synchronized void setPreference(String path, Object value) {
        setField("preferences." + path, value);
        tell(AccountEvent.Type.CONSENT_UPDATED);
    }

    /** Sets a subscription by its dotted path below {@code subscriptions}; null removes it. */
    public synchronized void setSubscription(String path, Object value) {
        setField("subscriptions." + path, value);
        tell(AccountEvent.Type.SUBSCRIPTION_UPDATED);
    }

    /** Sets whether the person wants to be told of a topic by a channel: {@code OptIn} or {@code OptOut}. */
    public void setCommunication(String topic, String channel, String status) {
        setField(
                "communications." + topic + "_" + channel,
                Map.of("topic", topic, "channel", channel, "status", status));
    }

    /** Makes the person a member of an organization of a B2B site, or gives it other roles there. */
    public synchronized void join(String orgId, String... roles) {
        var organization = new LinkedHashMap<String, Object>();
        organization.put("orgId", orgId);
        organization.put("roles", List.of(roles));
        organization.put("status", "active");
        setOrganizations(organizationsBut(orgId), organization);
    }

    /** Has the person leave an organization. */
    public synchronized void leave(String orgId) {
        setOrganizations(organizationsBut(orgId));
    }

    private List<Object> organizationsBut(String orgId) {
        var others = new ArrayList<Object>();
        fields.read()
                .get("groups.organizations")
                .ifPresent(organizations -> organizations.forEach(organization -> {
                    if (!organization.path("orgId").asText().equals(orgId)) {
                        others.add(organization);
                    }
                }));
        return others;
    }

    private void setOrganizations(List<Object> organizations, Object... more) {
        organizations.addAll(List.of(more));
        setField("groups.organizations", organizations);
    }

    private synchronized void setField(String path, Object value) {
        changeFields(changing -> changing.set(path, value));
    }

    /** Sets the time of the last change, which every other change sets to the present. */
    public synchronized void setLastUpdated(Instant moment) {
        dates = dates.with(moment, "lastUpdated");
        publish();
    }

    /** Sets the password, which by itself is no change of the account that Gigya tells of. */
    public synchronized void setPassword(String value) {
        password.set(value);
        publish();
    }

    Luggage luggage() {
        return luggage;
    }

    /** {@return when the password was set} */
    Instant passwordCreated() {
        return password.created();
    }

    /** Disables or enables the account. */
    public synchronized void setActive(boolean value) {
        active = value;
        updated("lastUpdated");
    }

    /** Makes the registration an unfinished one, as if it had just begun. */
    public synchronized void setUnfinished() {
        registered = false;
        updated("lastUpdated");
    }

    /** Locks the account out or lets it in again, and forgets wrong passwords. */
    public void setLocked(boolean value) {
        password.setLocked(value);
        if (value) {
            tell(AccountEvent.Type.ACCOUNT_LOCKED_OUT);
        }
    }

    /** Verifies all e-mail addresses, as the person does by a click in the message. */
    public synchronized void verifyEmails() {
        emails = emails.allVerified();
        verified = true;
        updated("verified", "lastUpdated");
    }

    /** Takes the verification of all e-mail addresses back; the account itself stays a verified one. */
    public synchronized void unverifyEmails() {
        emails = emails.noneVerified();
        updated("lastUpdated");
    }

    /** Adds a verified e-mail address, or makes one that is there a verified one; {@code profile.email} stays. */
    public synchronized void addVerifiedEmail(String email) {
        emails = emails.withVerified(email);
        updated("lastUpdated");
    }

    /** Has the person move to another address, and verify it. */
    public synchronized void moveTo(String email) {
        addVerifiedEmail(email);
        setProfile("email", email);
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
        return password.isLocked();
    }

    /** Counts wrong passwords; the fifth locks the account. */
    boolean acceptsPassword(String candidate) {
        return password.accepts(candidate);
    }

    synchronized void register() {
        registered = true;
        happened("registered", "lastUpdated");
        tell(AccountEvent.Type.ACCOUNT_REGISTERED);
    }

    /** Has the account's owner sign in at Gigya anew, on whichever device. */
    public void signedInAgain() {
        loggedIn();
    }

    synchronized void loggedIn() {
        happened("lastLogin");
        tell(AccountEvent.Type.ACCOUNT_LOGGED_IN);
    }

    synchronized void merge(String section, ObjectNode changes) {
        changeFields(changing -> changing.merge(section, changes));
        if (section.equals("preferences")) {
            tell(AccountEvent.Type.CONSENT_UPDATED);
        } else if (section.equals("subscriptions")) {
            tell(AccountEvent.Type.SUBSCRIPTION_UPDATED);
        }
    }

    synchronized void replaceUid(String newUid) {
        uid = newUid;
        publish();
    }

    synchronized void joins(Accounts accounts) {
        home = Optional.of(accounts);
        fields.read().describeTo(accounts.schema());
        publish();
    }

    private void changeFields(Consumer<Fields> change) {
        fields = fields.changed(change);
        home.ifPresent(accounts -> fields.read().describeTo(accounts.schema()));
        updated("lastUpdated");
    }

    private void updated(String... names) {
        happened(names);
        tell(AccountEvent.Type.ACCOUNT_UPDATED);
    }

    private void tell(AccountEvent.Type type) {
        home.ifPresent(accounts -> accounts.tell(AccountEvent.now(type, uid)));
    }

    private void happened(String... names) {
        dates = dates.with(Instant.now(), names);
        publish();
    }

    private void publish() {
        home.ifPresent(accounts -> searched.publish(version(), accounts.searchLag()));
    }

    private SearchedAccount version() {
        return new SearchedAccount(
                uid,
                active,
                registered,
                verified,
                dates,
                passwordCreated(),
                luggage,
                loginIds,
                emails,
                fields,
                Optional.empty());
    }

    /** {@return the account as a search finds it at the moment; empty where it is too new for that} */
    Optional<SearchedAccount> searched() {
        return searched.current();
    }

    /** Gives the account another phone number; it must be nobody else's. */
    public void setPhoneNumber(String value) {
        identifiers.set(Identifiers.PHONE_NUMBER, value);
        updated("lastUpdated");
    }

    Identifiers identifiers() {
        return identifiers;
    }

    LoginIds loginIds() {
        return loginIds;
    }

    AccountEmails emails() {
        return emails;
    }

    /** {@return a copy of the fields} */
    Fields fields() {
        return fields.read();
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
