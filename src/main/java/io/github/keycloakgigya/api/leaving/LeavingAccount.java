package io.github.keycloakgigya.api.leaving;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.api.GigyaTime;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes along with an account that leaves Gigya.
 *
 * @param uid the account's UID
 * @param active whether it may sign in at Gigya; true where Gigya did not say
 * @param registered whether its registration is finished; false where Gigya did not say
 * @param password how its password is stored; empty where it has none, or that is not told
 * @param passwordCreated when the password was set; empty where it has none, or Gigya did not say
 * @param identities by which its owner may sign in, elsewhere than at Gigya itself
 * @param lastLogin when its owner last signed in at Gigya; empty where Gigya did not say
 * @param missing names of members that a file does not have, of those that decide what is taken away; none if Gigya
 *     itself says so
 * @param source who says so
 */
public record LeavingAccount(
        Uid uid,
        boolean active,
        boolean registered,
        Optional<StoredPassword> password,
        Optional<Instant> passwordCreated,
        List<LinkedIdentity> identities,
        Optional<Instant> lastLogin,
        Set<String> missing,
        Source source) {

    /** Who tells what goes along with an account. */
    public enum Source {
        /** Gigya, asked about this account alone: what it does not tell is not there. */
        ITSELF,
        /** A search, which may be late. */
        SEARCH,
        /** A file, which may be old, and may lack anything. */
        FILE
    }

    private static final String ACTIVE = "isActive";
    private static final String REGISTERED = "isRegistered";
    private static final String IDENTITIES = "identities";

    // Of Gigya's own sign-in, not of another one.
    private static final String OWN_PROVIDER = "site";
    private static final int LONGEST_TEXT = 255;

    public LeavingAccount {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(passwordCreated, "passwordCreated");
        identities = List.copyOf(identities);
        Objects.requireNonNull(lastLogin, "lastLogin");
        missing = Set.copyOf(missing);
        Objects.requireNonNull(source, "source");
    }

    /**
     * {@return the account that an object describes; empty where it describes none}
     *
     * @param account an answer of {@code accounts.getAccountInfo}, a result of {@code accounts.search}, or a line of a file
     *     that Gigya's dataflows exported
     */
    public static Optional<LeavingAccount> of(JsonNode account, Source source) {
        var uid = Uid.of(account.path("UID").textValue());
        var active = account.path(ACTIVE);
        var registered = account.path(REGISTERED);
        if (uid.isEmpty() || !isFlagOrAbsent(active) || !isFlagOrAbsent(registered)) {
            return Optional.empty();
        }
        var password = account.path("password");
        return Optional.of(new LeavingAccount(
                uid.get(),
                active.asBoolean(true),
                registered.asBoolean(false),
                PasswordReader.read(password),
                GigyaTime.of(password.path("created").textValue()),
                identities(account.path(IDENTITIES)),
                GigyaTime.of(account.path("lastLogin").textValue()),
                source == Source.FILE ? missing(account) : Set.of(),
                source));
    }

    private static Set<String> missing(JsonNode account) {
        return Stream.of(ACTIVE, REGISTERED, IDENTITIES)
                .filter(member -> !account.hasNonNull(member))
                .collect(Collectors.toSet());
    }

    private static boolean isFlagOrAbsent(JsonNode flag) {
        return flag.isBoolean() || flag.isMissingNode() || flag.isNull();
    }

    private static List<LinkedIdentity> identities(JsonNode list) {
        var identities = new ArrayList<LinkedIdentity>();
        for (var identity : list) {
            var provider = identity.path("provider").asText("");
            var providerUid = identity.path("providerUID").asText("");
            // Some are connected for sharing alone.
            var allowsLogin = identity.path("allowsLogin").asBoolean(true);
            if (allowsLogin && isUsable(provider) && isUsable(providerUid) && !provider.equals(OWN_PROVIDER)) {
                identities.add(new LinkedIdentity(provider, providerUid));
            }
        }
        return identities;
    }

    private static boolean isUsable(String text) {
        return !text.isBlank() && text.length() <= LONGEST_TEXT;
    }

    /** {@return whether its owner may sign in at Gigya} Nothing goes along with an account whose owner may not. */
    public boolean isOpen() {
        return active && registered;
    }

    /** {@return the member whose absence leaves open whether the owner may sign in at Gigya; empty if that is known} */
    public Optional<String> missingFlag() {
        var isShutOut = (!active && isKnown(ACTIVE)) || (!registered && isKnown(REGISTERED));
        return isShutOut
                ? Optional.empty()
                : Stream.of(REGISTERED, ACTIVE).filter(flag -> !isKnown(flag)).findFirst();
    }

    /** {@return whether the identities are all of them} A file may leave them out. */
    public boolean isIdentitiesKnown() {
        return isKnown(IDENTITIES);
    }

    private boolean isKnown(String member) {
        return !missing.contains(member);
    }

    /**
     * {@return this account as Gigya itself describes it, with the hash of a file if Gigya withholds the hash of the same
     * password}
     *
     * @param file the same account in a file
     */
    public LeavingAccount withHashOf(LeavingAccount file) {
        if (!isHashWithheld() || !passwordCreated.equals(file.passwordCreated())) {
            return this;
        }
        return new LeavingAccount(
                uid, active, registered, file.password(), passwordCreated, identities, lastLogin, missing, source);
    }

    /** {@return whether the account has a password, and Gigya told nothing of how it is stored} */
    public boolean isHashWithheld() {
        return passwordCreated.isPresent() && password.isEmpty();
    }

    /** Leaves everything but the state out, so that no log shows it. */
    @Override
    public String toString() {
        return "LeavingAccount[active=" + active + ", registered=" + registered + "]";
    }

    /**
     * An identity elsewhere by which the owner of an account signs in.
     *
     * @param provider Gigya's name of the provider, as in {@code googleplus}
     * @param providerUid what the provider calls the person
     */
    public record LinkedIdentity(String provider, String providerUid) {

        public LinkedIdentity {
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(providerUid, "providerUid");
        }

        /** Leaves the person out, so that no log shows it. */
        @Override
        public String toString() {
            return "LinkedIdentity[" + provider + "]";
        }
    }
}
