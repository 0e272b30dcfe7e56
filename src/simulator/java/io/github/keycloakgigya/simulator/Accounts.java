package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The accounts of a site, or of all sites of a group. */
final class Accounts {

    private final Map<String, Account> byUid = new ConcurrentHashMap<>();
    private final Set<String> uidsEver = ConcurrentHashMap.newKeySet();
    private final Set<String> hashesTold = ConcurrentHashMap.newKeySet();
    private final Map<String, Account> byLoginId = new ConcurrentHashMap<>();
    private final Schema schema = new Schema();
    private final List<Consumer<AccountEvent>> watchers = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Boolean> muted = ThreadLocal.withInitial(() -> false);
    private volatile Duration searchLag = Duration.ZERO;

    Schema schema() {
        return schema;
    }

    /** {@return how long a change stays hidden from searches} */
    Duration searchLag() {
        return searchLag;
    }

    void setSearchLag(Duration lag) {
        searchLag = lag;
    }

    /** {@return all accounts as a search finds them at the moment} */
    Stream<SearchedAccount> searched() {
        return byUid.values().stream().flatMap(account -> account.searched().stream());
    }

    synchronized Account add(Account account) {
        if (byUid.containsKey(account.uid())
                || account.loginIds().all().stream().anyMatch(loginId -> byLoginId.containsKey(key(loginId)))
                || !account.identifiers().isEmpty()
                        && byUid.values().stream()
                                .anyMatch(other -> other.identifiers().meets(account.identifiers()))) {
            throw new IllegalArgumentException("the UID or a login identifier is taken");
        }
        byUid.put(account.uid(), account);
        uidsEver.add(account.uid());
        account.loginIds().all().forEach(loginId -> byLoginId.put(key(loginId), account));
        account.joins(this);
        tell(AccountEvent.now(AccountEvent.Type.ACCOUNT_CREATED, account.uid()));
        if (account.isRegistered()) {
            tell(AccountEvent.now(AccountEvent.Type.ACCOUNT_REGISTERED, account.uid()));
        }
        return account;
    }

    synchronized void remove(Account account) {
        takeOut(account);
        tell(AccountEvent.now(AccountEvent.Type.ACCOUNT_DELETED, account.uid()));
    }

    synchronized void merge(Account account, Account into) {
        takeOut(account);
        tell(AccountEvent.moved(AccountEvent.Type.ACCOUNT_MERGED, account.uid(), into.uid()));
    }

    private void takeOut(Account account) {
        byUid.remove(account.uid(), account);
        account.loginIds().all().forEach(loginId -> byLoginId.remove(key(loginId), account));
    }

    synchronized void changeUid(Account account, String newUid) {
        if (byUid.containsKey(newUid)) {
            throw new IllegalArgumentException("the UID is taken");
        }
        var oldUid = account.uid();
        byUid.remove(oldUid, account);
        account.replaceUid(newUid);
        byUid.put(newUid, account);
        uidsEver.add(newUid);
        tell(AccountEvent.moved(AccountEvent.Type.ACCOUNT_UID_CHANGED, oldUid, newUid));
    }

    void watch(Consumer<AccountEvent> watcher) {
        watchers.add(watcher);
    }

    /** Does something of which nobody is told. */
    void muted(Runnable change) {
        muted.set(true);
        try {
            change.run();
        } finally {
            muted.remove();
        }
    }

    void tell(AccountEvent event) {
        if (!muted.get()) {
            watchers.forEach(watcher -> watcher.accept(event));
        }
    }

    /** Takes note that somebody was told the hash of a password. */
    void told(String hash) {
        hashesTold.add(hash);
    }

    /** {@return the hashes of passwords that somebody was told} */
    Set<String> hashesTold() {
        return hashesTold;
    }

    /** {@return the UIDs of all accounts that are or were there} */
    Set<String> uidsEver() {
        return uidsEver;
    }

    Optional<Account> byUid(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    Optional<Account> byLoginId(String loginId) {
        return Optional.ofNullable(byLoginId.get(key(loginId)))
                .or(() -> having(identifiers -> identifiers.hasAny(loginId)));
    }

    /** {@return the account with this identifier} */
    Optional<Account> byIdentifier(String name, String value) {
        return having(identifiers -> identifiers.has(name, value));
    }

    /** {@return whether the site has identifiers of this name, as far as accounts tell} */
    boolean knowsIdentifier(String name) {
        return name.equals(Identifiers.PHONE_NUMBER)
                || having(identifiers -> identifiers.knows(name)).isPresent();
    }

    private Optional<Account> having(Predicate<Identifiers> condition) {
        return byUid.values().stream()
                .filter(account -> condition.test(account.identifiers()))
                .findFirst();
    }

    boolean holds(Account account) {
        return byUid.get(account.uid()) == account;
    }

    Stream<Account> ofProvider(String provider) {
        return byUid.values().stream().filter(account -> account.loginProvider().equals(provider));
    }

    private static String key(String loginId) {
        return loginId.toLowerCase(Locale.ROOT);
    }
}
