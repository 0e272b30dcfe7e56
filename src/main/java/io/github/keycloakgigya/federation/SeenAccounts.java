package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.AddressRule.ToldAddresses;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.FoundAccount;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile.SearchedAt;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;

/** What one Keycloak request learned about accounts, so that it asks for none twice. Used by one thread. */
public final class SeenAccounts {

    private final Map<String, List<SeenAccount>> byName = new HashMap<>();
    private final Map<Uid, Optional<SeenAccount>> byUid = new HashMap<>();
    private final Set<String> counted = new HashSet<>();
    private final Set<Uid> listed = new HashSet<>();
    private GigyaException failure;

    /**
     * {@return the accounts that a name or an address leads to; empty where this was not asked yet} Keycloak looks at each
     * sign-in whether somebody has the person's own name, which then is known.
     */
    public Optional<List<SeenAccount>> named(String name) {
        return Optional.ofNullable(byName.get(name))
                .or(() -> byUid.values().stream()
                        .flatMap(Optional::stream)
                        .filter(account -> !listed.contains(account.uid()))
                        .filter(account -> account.hasUsername(name) || account.hasEmail(name))
                        .findFirst()
                        .map(List::of));
    }

    /** {@return the account of a UID, or that there is none; empty where this was not asked yet} */
    public Optional<Optional<SeenAccount>> of(Uid uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    /** Fails as the last call of this request did: the next one would not do better, and people wait. */
    public void requireNoFailure() throws GigyaException {
        if (failure != null) {
            throw failure;
        }
    }

    /** Notes to which accounts a name or an address leads. */
    public void addNamed(String name, List<SeenAccount> accounts) {
        byName.put(name, List.copyOf(accounts));
        accounts.forEach(this::add);
    }

    /** Notes an account. */
    public void add(SeenAccount account) {
        byUid.put(account.uid(), Optional.of(account));
    }

    /** Notes that a list of this request shows the account, which is no reason to import it. */
    public void addListed(SeenAccount account) {
        add(account);
        listed.add(account.uid());
    }

    /** {@return the account, where a list of this request shows it} */
    public Optional<SeenAccount> listed(Uid uid) {
        return listed.contains(uid) ? byUid.get(uid) : Optional.empty();
    }

    /** Notes that a name was looked up at the expense of those that may be nobody's. */
    public void addCounted(String name) {
        counted.add(name);
    }

    /** {@return whether a name was counted, which it is no longer} */
    public boolean removeCounted(String name) {
        return counted.remove(name);
    }

    /** Notes that no account has a UID. */
    public void addAbsent(Uid uid) {
        byUid.put(uid, Optional.empty());
    }

    /** Notes that a call failed. */
    public void addFailure(GigyaException failed) {
        failure = failed;
    }

    /**
     * An account, and what of it a user of Keycloak shows.
     *
     * @param account as Gigya told it
     * @param profile what its user looks like
     * @param addresses what is known of its addresses
     * @param active whether it may sign in at Gigya
     * @param registered whether its registration is finished
     * @param lastUpdated when it changed last, by Gigya's clock; empty where Gigya did not say
     */
    public record SeenAccount(
            GigyaAccount account,
            ImportedProfile profile,
            KnownAddresses addresses,
            boolean active,
            boolean registered,
            Optional<Instant> lastUpdated) {

        /** {@return an account that a search found, of this moment by Gigya's clock} */
        public static SeenAccount found(FoundAccount found, Instant asOf, StorageSettings settings)
                throws GigyaException {
            var account = GigyaAccount.of(found, asOf, settings.fields());
            var addresses = ToldAddresses.of(found);
            return new SeenAccount(
                    account,
                    ImportedProfile.of(account, settings, addresses),
                    addresses,
                    found.active(),
                    found.registered(),
                    found.lastUpdated());
        }

        /** {@return an account that a verified token told of} Gigya makes such tokens only where people may sign in. */
        static SeenAccount signedIn(GigyaAccount account, KnownAddresses addresses, StorageSettings settings)
                throws GigyaException {
            var profile = ImportedProfile.of(account, settings, addresses);
            return new SeenAccount(account, profile, addresses, true, true, Optional.empty());
        }

        /** {@return the same with another profile} */
        SeenAccount with(ImportedProfile other) {
            return new SeenAccount(account, other, addresses, active, registered, lastUpdated);
        }

        /** {@return the account's UID} */
        public Uid uid() {
            return account.uid();
        }

        /** {@return whether a search that found this account may not know yet what a sign-in of its user knew} */
        boolean isOlderThan(UserModel user) {
            return new SearchedAt(lastUpdated, account.asOf()).isOlderThan(user);
        }

        /** {@return whether the account's user shows this address, which is in lower case} */
        public boolean hasEmail(String email) {
            return profile.email().filter(email::equals).isPresent();
        }

        /** {@return whether the account may be found by an address} */
        public boolean isKnownBy(String email) {
            return profile.emailVerified() && hasEmail(email);
        }

        /** {@return whether the account's user has this name, which is in lower case} */
        public boolean hasUsername(String username) {
            return profile.username().equals(username);
        }

        /** Leaves everything out, so that no log shows it. */
        @Override
        public String toString() {
            return "SeenAccount[]";
        }
    }
}
