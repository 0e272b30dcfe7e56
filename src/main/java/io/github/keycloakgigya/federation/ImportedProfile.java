package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaAccount.OrganizationMembership;
import io.github.keycloakgigya.account.StoredName.EmailAddress;
import io.github.keycloakgigya.account.StoredName.PersonName;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.organization.OrganizationMembers;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.UserModel;
import org.keycloak.utils.EmailValidationUtil;

/**
 * What a user is to look like according to its account.
 *
 * @param uid the account's UID
 * @param username in lower case, as Keycloak stores it
 * @param email in lower case, as Keycloak stores it
 * @param emailVerified whether the e-mail address counts as verified
 * @param attributes every mapped attribute but user name and e-mail address; an empty list where the account has no
 *     value
 * @param organizations those that the account belongs to; none where the settings don't ask for them
 * @param passwordSeen since when the account has its password, where that is to be kept only with users whose password is to
 *     be taken along
 */
public record ImportedProfile(
        Uid uid,
        String username,
        Optional<String> email,
        boolean emailVerified,
        Map<String, List<String>> attributes,
        List<OrganizationMembership> organizations,
        Optional<Instant> passwordSeen) {

    /** Is the profile of an account that belongs to no organization. */
    public ImportedProfile(
            Uid uid,
            String username,
            Optional<String> email,
            boolean emailVerified,
            Map<String, List<String>> attributes) {
        this(uid, username, email, emailVerified, attributes, List.of(), Optional.empty());
    }

    /**
     * {@return what an account's user is to look like}
     *
     * @throws GigyaException where Gigya has to be asked about an address and does not say
     */
    public static ImportedProfile of(GigyaAccount account, StorageSettings settings, KnownAddresses known)
            throws GigyaException {
        var rule = settings.site().addressRule();
        var attributes = new LinkedHashMap<>(settings.mappings().attributesOf(account));
        var mappedUsername = first(attributes.remove(UserModel.USERNAME));
        var email = rule.email(first(attributes.remove(UserModel.EMAIL)).filter(ImportedProfile::isAddress), known);
        attributes.computeIfPresent(UserModel.FIRST_NAME, (name, values) -> shortened(values));
        attributes.computeIfPresent(UserModel.LAST_NAME, (name, values) -> shortened(values));
        var wantedUsername = mappedUsername.or(() -> account.value(settings.usernameField()));
        var username = rule.username(wantedUsername, account.uid(), known);
        // Last, when all is asked that had to be.
        var created = passwordCreated(account, known);
        if (settings.endSessionsOnPasswordChange()) {
            created.ifPresent(
                    since -> attributes.put(FederatedUser.PASSWORD_CREATED, List.of(FederatedUser.text(since))));
        }
        return new ImportedProfile(
                account.uid(),
                username.text(),
                email.map(AddressRule.Email::address),
                email.filter(AddressRule.Email::verified).isPresent(),
                attributes,
                settings.organizations() ? account.organizations() : List.of(),
                created.filter(since -> !settings.endSessionsOnPasswordChange()));
    }

    // A time that is still to come would end the sessions of everybody who signs in until then. A token's has no
    // fraction.
    private static Optional<Instant> passwordCreated(GigyaAccount account, KnownAddresses known) {
        return known.passwordCreated()
                .filter(created -> created.isBefore(account.asOf().plusSeconds(1)))
                .filter(Instant.EPOCH::isBefore);
    }

    private static boolean isAddress(String text) {
        return new EmailAddress(text)
                .stored()
                .filter(address -> EmailValidationUtil.isValidEmail(address, LongestLocalPart.CHARACTERS))
                .isPresent();
    }

    /** {@return the same without a name or an address that somebody else has: the UID is the user name then} */
    ImportedProfile without(String name) {
        return new ImportedProfile(
                uid,
                username.equals(name) ? Username.ofUid(uid).text() : username,
                email.filter(address -> !address.equals(name)),
                emailVerified,
                attributes,
                organizations,
                passwordSeen);
    }

    /** {@return the same with what its organizations amount to in the realm, which is kept with the user} */
    public ImportedProfile with(List<String> memberships) {
        var all = new LinkedHashMap<>(attributes);
        all.put(OrganizationMembers.WANTED, memberships);
        return new ImportedProfile(uid, username, email, emailVerified, all, organizations, passwordSeen);
    }

    /** {@return whether the settings map the e-mail address at all} */
    public static boolean mapsEmail(StorageSettings settings) {
        return settings.mappings().maps(UserModel.EMAIL);
    }

    /** {@return since when the account has its password, as far as that was read and the settings want to know} */
    Optional<Instant> passwordCreated() {
        return first(attributes.get(FederatedUser.PASSWORD_CREATED)).flatMap(FederatedUser::instant);
    }

    /** {@return since when the account has its password, where that is newer than what a user holds} */
    public Optional<Instant> newPassword(UserModel user) {
        return passwordCreated().filter(created -> FederatedUser.isNewPassword(user, created));
    }

    /** {@return since when, where that is after the one that was looked at to take it along} */
    Optional<Instant> newerThanTaken(UserModel user) {
        return passwordSeen.filter(created -> FederatedUser.isNewerThanTaken(user, created));
    }

    /**
     * Ends the sessions that began before the account got the password that it has, where the user does not know of that one
     * yet. To be called before the profile is written, by whatever way the account was read.
     *
     * @param local the user in Keycloak's own storage
     */
    public void endOlderSessions(UserModel local, SessionEnd sessions) {
        newPassword(local).ifPresent(since -> sessions.begunBefore(since, local, EndReason.PASSWORD_CHANGED));
    }

    private static Optional<String> first(List<String> values) {
        return values == null ? Optional.empty() : values.stream().findFirst();
    }

    private static List<String> shortened(List<String> values) {
        return PersonName.of(values).map(PersonName::text).stream().toList();
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "ImportedProfile[]";
    }

    /** Read once: Keycloak reads its configuration anew for each address, which takes longer than all the rest. */
    private static final class LongestLocalPart {

        private static final int CHARACTERS = Config.scope("user-profile", "declarative-user-profile")
                .getInt(EmailValidationUtil.MAX_EMAIL_LOCAL_PART_LENGTH, EmailValidationUtil.MAX_LOCAL_PART_LENGTH);
    }

    /**
     * What the user of an account is to become, who is added or changed.
     *
     * @param profile what the user is to look like
     * @param addresses what is known of the account's addresses
     * @param active whether the account may sign in at Gigya
     * @param asOf when Gigya said so about this one account, by Gigya's clock; empty where it was found among others
     */
    public record UserDraft(ImportedProfile profile, KnownAddresses addresses, boolean active, Optional<Instant> asOf) {

        static UserDraft ofSignIn(GigyaAccount account, StorageSettings settings, KnownAddresses addresses)
                throws GigyaException {
            var profile = ImportedProfile.of(account, settings, addresses);
            return new UserDraft(profile, addresses, true, Optional.of(account.asOf()));
        }

        /** {@return the same with another profile} */
        UserDraft with(ImportedProfile other) {
            return new UserDraft(other, addresses, active, asOf);
        }

        // Linking never relies on trustEmail: that setting says that addresses are good enough to write mail to.
        boolean isEmailProven() throws GigyaException {
            return profile.email().isPresent()
                    && addresses.isVerified(profile.email().get());
        }
    }
}
