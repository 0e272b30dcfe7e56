package io.github.keycloakgigya.federation;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Finds the users whom an account's user name or e-mail address belongs to already. */
public final class UserConflicts {

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
     * {@return a user other than {@code own} that has the profile's e-mail address or user name, or would be taken for
     * its user because the one's name is the other's address}
     *
     * @param own the account's own user, whose present name and address can't collide
     */
    Optional<UserModel> of(ImportedProfile profile, Optional<UserModel> own) {
        return all(profile, own).findFirst().map(Contested::holder);
    }

    /** {@return all of these users, with what both want} */
    Stream<Contested> all(ImportedProfile profile, Optional<UserModel> own) {
        var byEmail = Stream.of(byEmail(profile, own), byEmailAsUsername(profile, own))
                .flatMap(Optional::stream)
                .map(holder -> new Contested(holder, profile.email().orElseThrow()));
        var byUsername = Stream.of(byUsername(profile, own), byUsernameAsEmail(profile, own))
                .flatMap(Optional::stream)
                .map(holder -> new Contested(holder, profile.username()));
        return Stream.concat(byEmail, byUsername);
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

    private Optional<UserModel> byEmail(ImportedProfile profile, Optional<UserModel> own) {
        if (realm.isDuplicateEmailsAllowed()
                || profile.email().isEmpty()
                || profile.email().equals(own.map(UserModel::getEmail))) {
            return Optional.empty();
        }
        return Optional.ofNullable(byEmail.apply(profile.email().get())).filter(user -> isAnother(user, own));
    }

    private Optional<UserModel> byUsername(ImportedProfile profile, Optional<UserModel> own) {
        if (own.map(UserModel::getUsername).filter(profile.username()::equals).isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable(byUsername.apply(profile.username())).filter(user -> isAnother(user, own));
    }

    // Keycloak looks up what people type as an address first and as a user name then, and demands the same of its own
    // users: DuplicateEmailValidator and DuplicateUsernameValidator.
    private Optional<UserModel> byEmailAsUsername(ImportedProfile profile, Optional<UserModel> own) {
        if (!realm.isLoginWithEmailAllowed()
                || profile.email().isEmpty()
                || profile.email().equals(own.map(UserModel::getEmail))) {
            return Optional.empty();
        }
        return Optional.ofNullable(byUsername.apply(profile.email().get())).filter(user -> isAnother(user, own));
    }

    private Optional<UserModel> byUsernameAsEmail(ImportedProfile profile, Optional<UserModel> own) {
        if (!realm.isLoginWithEmailAllowed()
                || profile.username().indexOf('@') < 0
                || own.map(UserModel::getUsername)
                        .filter(profile.username()::equals)
                        .isPresent()) {
            return Optional.empty();
        }
        return Optional.ofNullable(byEmail.apply(profile.username())).filter(user -> isAnother(user, own));
    }

    private boolean hasEmailAlone(UserModel existing) {
        // With duplicate addresses allowed, Keycloak finds no single owner of one.
        return !realm.isDuplicateEmailsAllowed() && existing.equals(byEmail.apply(existing.getEmail()));
    }

    private static boolean isAnother(UserModel user, Optional<UserModel> own) {
        return own.map(found -> found.getId()).filter(user.getId()::equals).isEmpty();
    }
}
