package io.github.keycloakgigya.sync.bulk;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.JpaStoredUsers;
import io.github.keycloakgigya.federation.NameContest;
import io.github.keycloakgigya.federation.NameContest.Settlement;
import io.github.keycloakgigya.federation.NameContest.UserConflicts;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.UserAdapter;
import org.keycloak.models.jpa.entities.UserEntity;

/** Whose the user names and e-mail addresses of a batch are: users' of the database, or those of earlier accounts. */
final class JpaNames {

    private final RealmModel realm;
    private final Map<String, UserModel> byUsername = new HashMap<>();
    private final Map<String, UserModel> byEmail = new HashMap<>();
    private final Set<String> claimants = new HashSet<>();
    private final NameContest contest;
    private final String componentId;

    JpaNames(RealmModel realm, DetachedFederation federation, JpaStoredUsers users, Collection<FoundProfile> accounts) {
        this.realm = realm;
        this.componentId = federation.componentId();
        var emails = accounts.stream()
                .flatMap(account -> account.profile().email().stream())
                .collect(Collectors.toSet());
        var usernames =
                accounts.stream().map(account -> account.profile().username()).collect(Collectors.toSet());
        if (realm.isLoginWithEmailAllowed()) {
            usernames.addAll(emails);
            usernames.stream().filter(name -> name.indexOf('@') >= 0).forEach(emails::add);
        }
        users.byUsernames(usernames).forEach(user -> byUsername.put(user.getUsername(), user));
        users.byEmails(emails).forEach(user -> byEmail.put(user.getEmail(), user));
        this.contest = new NameContest(
                componentId, federation.settings(), new UserConflicts(realm, byUsername::get, byEmail::get));
    }

    /** {@return whose an account's names are} */
    Settlement settle(FoundProfile account, Optional<UserModel> own) {
        try {
            return contest.of(account.profile(), account.addresses(), own);
        } catch (GigyaException nobodyWasAsked) {
            throw new IllegalStateException(nobodyWasAsked);
        }
    }

    /** Says that an account of this batch takes its names, for the user of an id. */
    void claim(String id, ImportedProfile profile) {
        var claimant = new UserEntity();
        claimant.setId(id);
        claimant.setUsername(profile.username());
        claimant.setFederationLink(componentId);
        profile.email().ifPresent(email -> claimant.setEmail(email, true));
        claimant.setEmailVerified(profile.emailVerified());
        var user = new UserAdapter(null, realm, null, claimant);
        claimants.add(id);
        byUsername.putIfAbsent(profile.username(), user);
        profile.email().ifPresent(email -> byEmail.putIfAbsent(email, user));
    }

    /** {@return whether a user's names are those of this batch} */
    boolean isClaimant(UserModel user) {
        return claimants.contains(user.getId());
    }
}
