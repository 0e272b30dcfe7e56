package io.github.keycloakgigya.inmemory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.leaving.LeavingAccount;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An account of {@link InMemoryGigya}. */
public final class GigyaPerson {

    private final String uid;
    private final Map<String, Object> fields = new HashMap<>();
    private final Set<String> verifiedEmails = new HashSet<>();
    private final Set<String> loginIds = new HashSet<>();
    private String password = "";
    private String luggage = "{}";
    private boolean active = true;
    private boolean registered = true;
    private Instant lastLogin = Instant.now();
    private Instant lastUpdated = Instant.now();

    GigyaPerson(String uid) {
        this.uid = uid;
    }

    /** Sets a field, such as {@code profile.firstName}. */
    public GigyaPerson with(String field, Object value) {
        fields.put(field, value);
        lastUpdated = Instant.now();
        return this;
    }

    public GigyaPerson without(String field) {
        fields.remove(field);
        lastUpdated = Instant.now();
        return this;
    }

    /** Sets the address, which the account's owner has not verified. */
    public GigyaPerson withEmail(String email) {
        return with("profile.email", email);
    }

    /** Sets the address, which the account's owner has verified. */
    public GigyaPerson withVerifiedEmail(String email) {
        verifiedEmails.add(email);
        return withEmail(email);
    }

    public GigyaPerson withLogin(String loginId, String ofAccount) {
        loginIds.add(loginId);
        password = ofAccount;
        return this;
    }

    public GigyaPerson inactive() {
        active = false;
        return this;
    }

    public GigyaPerson unfinished() {
        registered = false;
        return this;
    }

    /** Sets since when the account has its password, which by itself is no change of the account. */
    public GigyaPerson withPasswordOf(Instant time) {
        fields.put("password.created", time.toString());
        return this;
    }

    public GigyaPerson lastSignedInAt(Instant time) {
        lastLogin = time;
        return this;
    }

    public GigyaPerson changedAt(Instant time) {
        lastUpdated = time;
        return this;
    }

    /** Sets what goes along with the account: the members {@code password} and {@code identities}, as JSON. */
    public GigyaPerson withLuggage(String members) {
        luggage = members;
        return this;
    }

    /** {@return what goes along with the account, as Gigya says when it is asked about it} */
    public LeavingAccount leaving() {
        return leaving(LeavingAccount.Source.ITSELF);
    }

    /** {@return what goes along with the account} */
    public LeavingAccount leaving(LeavingAccount.Source source) {
        try {
            var account = (ObjectNode) new ObjectMapper().readTree(luggage);
            account.put("UID", uid).put("isActive", active).put("isRegistered", registered);
            return LeavingAccount.of(account.put("lastLogin", lastLogin.toString()), source)
                    .orElseThrow();
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    String uid() {
        return uid;
    }

    Map<String, Object> fields() {
        return fields;
    }

    boolean hasLogin(String loginId, String typed) {
        return loginIds.contains(loginId) && password.equals(typed);
    }

    AccountInfo info(Set<AccountSection> asked) {
        var told = sections();
        told.keySet()
                .removeIf(section -> !section.equals("password")
                        && asked.stream().map(AccountSection::id).noneMatch(section::equals));
        return new AccountInfo(
                new Uid(uid),
                active,
                registered,
                verifiedEmails,
                loginIds,
                Optional.of(lastLogin),
                told,
                Optional.of(lastUpdated));
    }

    /** {@return what a search finds of a section} */
    @SuppressWarnings("unchecked")
    Optional<Map<String, Object>> section(AccountSection section) {
        return Optional.ofNullable((Map<String, Object>) sections().get(section.id()));
    }

    private Map<String, Object> sections() {
        var sections = new HashMap<String, Object>();
        fields.forEach((path, value) -> put(sections, path, value));
        return sections;
    }

    FoundAccount found() {
        var sections = sections();
        Stream.of(AccountSection.values())
                .filter(AccountSection::isSearchedApart)
                .map(AccountSection::id)
                .forEach(sections::remove);
        return new FoundAccount(
                new Uid(uid), active, registered, verifiedEmails, loginIds, Optional.of(lastUpdated), sections);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> sections, String path, Object value) {
        var dot = path.indexOf('.');
        if (dot < 0) {
            sections.put(path, value);
        } else {
            put(
                    (Map<String, Object>) sections.computeIfAbsent(path.substring(0, dot), name -> new HashMap<>()),
                    path.substring(dot + 1),
                    value);
        }
    }
}
