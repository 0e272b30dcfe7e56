package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * Settles whose an address is where users of one federation want the same, as an address or as a user name: verified comes
 * before unverified, and otherwise who has it keeps it. Nobody is kept from signing in by an address that somebody else
 * only typed, nor by one that oneself only typed: whoever does not get it goes by the UID.
 *
 * <p>What belongs to users of Keycloak's own, or of another federation, is never settled here.
 */
public final class NameContest {

    private final String componentId;
    private final AddressRule rule;
    private final UserConflicts conflicts;

    /** @param componentId of the federation whose users may lose a name to one another */
    public NameContest(String componentId, StorageSettings settings, UserConflicts conflicts) {
        this.componentId = componentId;
        this.rule = settings.site().addressRule();
        this.conflicts = conflicts;
    }

    /**
     * {@return whose the name and the address are that an account wants} Changes nothing.
     *
     * @param known of the account
     * @param own the account's own user
     * @throws GigyaException where Gigya has to be asked about a contested address and does not say
     */
    public Settlement of(ImportedProfile wanted, KnownAddresses known, Optional<UserModel> own) throws GigyaException {
        var profile = wanted;
        var lost = new ArrayList<Contested>();
        while (true) {
            var next = conflicts
                    .all(profile, own)
                    .filter(contested -> lost.stream().noneMatch(contested::isSameAs))
                    .findFirst();
            if (next.isEmpty()) {
                return new Settlement(profile, lost, Optional.empty());
            }
            var contested = next.get();
            if (isLost(contested, known)) {
                lost.add(contested);
                continue;
            }
            var less = isGivenUp(contested, known) ? profile.without(contested.name()) : profile;
            if (less.equals(profile)) {
                return new Settlement(profile, lost, Optional.of(contested.holder()));
            }
            profile = less;
        }
    }

    // By Gigya's own word, as linking: trustEmail says that addresses are good enough to write mail to.
    private boolean isLost(Contested contested, KnownAddresses known) throws GigyaException {
        return isDisputed(contested)
                && !contested.isVerified()
                && !isUid(contested)
                && known.isVerified(contested.name());
    }

    private boolean isGivenUp(Contested contested, KnownAddresses known) throws GigyaException {
        return isDisputed(contested) && !rule.isVerified(contested.name(), known);
    }

    private boolean isDisputed(Contested contested) {
        return componentId.equals(contested.holder().getFederationLink()) && new Username(contested.name()).isAddress();
    }

    // A UID is the site's choice and not the person's, also where it looks like an address.
    private static boolean isUid(Contested contested) {
        var holder = contested.holder();
        return contested.name().equals(holder.getUsername())
                && FederatedUser.uidOf(holder)
                        .map(uid -> Username.ofUid(uid).text())
                        .filter(contested.name()::equals)
                        .isPresent();
    }

    /**
     * Whose the user name and the e-mail address of an account are.
     *
     * @param profile what the account's user may look like
     * @param lost what other users lose to it, before it is written
     * @param owner another user whom the name or the address belongs to, so that it may not be written; empty where it may
     */
    public record Settlement(ImportedProfile profile, List<Contested> lost, Optional<UserModel> owner) {

        public Settlement {
            lost = List.copyOf(lost);
        }

        /** {@return that the account may not be written, whatever it wants} */
        static Settlement belongingTo(UserModel owner, ImportedProfile profile) {
            return new Settlement(profile, List.of(), Optional.of(owner));
        }

        /** {@return whether nobody else wants what the account's user is to have} */
        public boolean isUndisputed(ImportedProfile wanted) {
            return owner.isEmpty() && lost.isEmpty() && profile.equals(wanted);
        }

        /** Leaves everything out, so that no log shows it. */
        @Override
        public String toString() {
            return "Settlement[]";
        }
    }

    /**
     * A user name or e-mail address that an account wants and a user has.
     *
     * @param holder who has it, as the one, the other, or both
     * @param name as Keycloak stores it
     */
    record Contested(UserModel holder, String name) {

        /** {@return whether the holder has it as an address that counts as verified} */
        boolean isVerified() {
            return name.equals(holder.getEmail()) && holder.isEmailVerified();
        }

        /** {@return whether it is the same of the same user} */
        boolean isSameAs(Contested other) {
            return name.equals(other.name) && holder.getId().equals(other.holder.getId());
        }

        /** Leaves the name out, so that no log shows it. */
        @Override
        public String toString() {
            return "Contested[" + holder.getId() + "]";
        }
    }

    /** Finds the users whom an account's user name or e-mail address belongs to already. */
    public static final class UserConflicts {

        private final RealmModel realm;
        private final Function<String, UserModel> byUsername;
        private final Function<String, UserModel> byEmail;

        /**
         * Looks for conflicts.
         *
         * @param users those of the local storage: only what is stored here can collide, and no other federation should be
         *     asked for a stranger's address
         */
        public UserConflicts(RealmModel realm, UserProvider users) {
            this(realm, name -> users.getUserByUsername(realm, name), email -> users.getUserByEmail(realm, email));
        }

        /**
         * Looks for conflicts with users that were read before.
         *
         * @param byUsername finds the user of a user name, or null
         * @param byEmail finds a user of an e-mail address, or null
         */
        public UserConflicts(
                RealmModel realm, Function<String, UserModel> byUsername, Function<String, UserModel> byEmail) {
            this.realm = realm;
            this.byUsername = byUsername;
            this.byEmail = byEmail;
        }

        /**
         * {@return the users other than {@code own} that have the profile's e-mail address or user name, or would be taken for
         * its user because the one's name is the other's address, with what both want}
         *
         * @param own the account's own user, whose present name and address can't collide
         */
        Stream<Contested> all(ImportedProfile profile, Optional<UserModel> own) {
            var email = profile.email()
                    .filter(wanted -> !own.map(UserModel::getEmail).equals(Optional.of(wanted)));
            var username = Optional.of(profile.username())
                    .filter(wanted -> !own.map(UserModel::getUsername).equals(Optional.of(wanted)));
            // Keycloak looks up what people type as an address first and as a user name then, and demands the same of
            // its own users: DuplicateEmailValidator and DuplicateUsernameValidator.
            return Stream.of(
                            email.filter(address -> !realm.isDuplicateEmailsAllowed())
                                    .flatMap(address -> another(byEmail, address, own)),
                            email.filter(address -> realm.isLoginWithEmailAllowed())
                                    .flatMap(address -> another(byUsername, address, own)),
                            username.flatMap(name -> another(byUsername, name, own)),
                            username.filter(name -> realm.isLoginWithEmailAllowed() && name.indexOf('@') >= 0)
                                    .flatMap(name -> another(byEmail, name, own)))
                    .flatMap(Optional::stream);
        }

        private static Optional<Contested> another(
                Function<String, UserModel> users, String name, Optional<UserModel> own) {
            return Optional.ofNullable(users.apply(name))
                    .filter(user -> own.map(found -> found.getId())
                            .filter(user.getId()::equals)
                            .isEmpty())
                    .map(user -> new Contested(user, name));
        }

        /** {@return whether a user is one that an account with the same verified e-mail address may take over} */
        boolean isLinkable(UserModel existing, ImportedProfile profile) {
            return existing.getFederationLink() == null
                    && existing.isEnabled()
                    && existing.getServiceAccountClientLink() == null
                    && existing.isEmailVerified()
                    && profile.email()
                            .filter(email -> email.equals(existing.getEmail()))
                            .isPresent()
                    && hasEmailAlone(existing);
        }

        private boolean hasEmailAlone(UserModel existing) {
            // With duplicate addresses allowed, Keycloak finds no single owner of one.
            return !realm.isDuplicateEmailsAllowed() && existing.equals(byEmail.apply(existing.getEmail()));
        }
    }
}
