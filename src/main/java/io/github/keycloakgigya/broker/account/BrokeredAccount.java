package io.github.keycloakgigya.broker.account;

import io.github.keycloakgigya.account.AddressRule;
import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.Uid;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * What the steps of a brokered sign-in know of the account. It takes several requests where a person signs in for the
 * first time, so Keycloak keeps it with the login in between.
 *
 * @param uid the account's UID
 * @param username the user name that it may have
 * @param email the e-mail address that it may have
 * @param fields the values of each field that was asked for, by its path
 */
public record BrokeredAccount(
        Uid uid, String username, Optional<AddressRule.Email> email, Map<String, List<String>> fields) {

    // Keycloak stores what is of other types than its own by the name of the class, and finds only its own again.
    private static final String KEY = "gigya.account";

    /**
     * How many characters all values together may have. Keycloak keeps an account with every login that has begun and not
     * ended, on all nodes. Gigya's answer may hold a megabyte.
     */
    public static final int MOST_CHARACTERS = 1 << 16;

    private record Stored(
            String uid,
            String username,
            String verifiedEmail,
            String unverifiedEmail,
            Map<String, List<String>> fields) {}

    public BrokeredAccount {
        fields = Map.copyOf(fields);
    }

    /** {@return what the account says} */
    public static BrokeredAccount of(
            GigyaAccount account, String username, Optional<AddressRule.Email> email, Set<GigyaField> fields) {
        var values = new HashMap<String, List<String>>();
        fields.forEach(field -> values.put(field.path(), account.values(field)));
        return new BrokeredAccount(account.uid(), username, email, values);
    }

    /** {@return the account of a brokered sign-in; empty where it did not come through this provider} */
    public static Optional<BrokeredAccount> of(BrokeredIdentityContext context) {
        return context.getContextData().get(KEY) instanceof String text ? Optional.of(parse(text)) : Optional.empty();
    }

    private static BrokeredAccount parse(String text) {
        try {
            var stored = JsonSerialization.readValue(text, Stored.class);
            var uid = new Uid(stored.uid());
            return new BrokeredAccount(
                    uid,
                    // A login that began before this version was installed.
                    Objects.requireNonNullElse(
                            stored.username(), Username.ofUid(uid).text()),
                    email(stored.verifiedEmail(), true).or(() -> email(stored.unverifiedEmail(), false)),
                    stored.fields());
        } catch (IOException impossible) {
            throw new IllegalStateException("a login holds what was stored in it", impossible);
        }
    }

    private static Optional<AddressRule.Email> email(String address, boolean verified) {
        return Optional.ofNullable(address).map(text -> new AddressRule.Email(text, verified));
    }

    /** {@return the e-mail address, where it counts as verified} */
    public Optional<String> verifiedEmail() {
        return email.filter(AddressRule.Email::verified).map(AddressRule.Email::address);
    }

    /** Keeps the account for the steps to come, which may be of later requests. */
    public void leaveIn(BrokeredIdentityContext context) {
        try {
            var unverified = email.filter(address -> !address.verified()).map(AddressRule.Email::address);
            var stored =
                    new Stored(uid.value(), username, verifiedEmail().orElse(null), unverified.orElse(null), fields);
            context.getContextData().put(KEY, JsonSerialization.writeValueAsString(stored));
        } catch (IOException impossible) {
            throw new IllegalStateException("texts are always JSON", impossible);
        }
    }

    /** {@return all values of a field, in Gigya's order; empty where the account has none, or it was not asked for} */
    public List<String> values(GigyaField field) {
        return GigyaField.UID.equals(field) ? List.of(uid.value()) : fields.getOrDefault(field.path(), List.of());
    }

    /** {@return whether Gigya was asked for all of these fields} */
    public boolean knows(Set<GigyaField> wanted) {
        return wanted.stream().allMatch(field -> GigyaField.UID.equals(field) || fields.containsKey(field.path()));
    }

    /**
     * Writes the address that a sign-in brings, of a new user, or where the provider overwrites what users hold.
     *
     * <p>In the place of what Keycloak does (AbstractIdentityProvider), which in 26.7 calls an address verified where
     * the provider is trusted, and never otherwise.
     */
    public static void updateEmail(UserModel user, BrokeredIdentityContext context) {
        if (context.getEmail() == null) {
            return;
        }
        var isNew = isNoted(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER, context);
        var isTypedByPerson = isNoted(AbstractIdentityProvider.UPDATE_PROFILE_EMAIL_CHANGED, context);
        var changes = !context.getEmail().equalsIgnoreCase(user.getEmail());
        if (isNew || changes && context.getIdpConfig().getSyncMode() == IdentityProviderSyncMode.FORCE) {
            user.setEmail(context.getEmail());
            // A federation may own the address, and then keeps it.
            if (context.getEmail().equalsIgnoreCase(user.getEmail())) {
                user.setEmailVerified(!isTypedByPerson && isEmailVerified(context));
            }
        }
    }

    // Where no page is shown there is no login to note it in.
    private static boolean isNoted(String note, BrokeredIdentityContext context) {
        var login = context.getAuthenticationSession();
        return login != null && Boolean.parseBoolean(login.getAuthNote(note));
    }

    /** {@return whether the address that a sign-in brings counts as verified} */
    public static boolean isEmailVerified(BrokeredIdentityContext context) {
        return of(context)
                .flatMap(BrokeredAccount::verifiedEmail)
                .filter(context.getEmail()::equals)
                .isPresent();
    }

    /** Leaves everything out, so that no log shows it. */
    @Override
    public String toString() {
        return "BrokeredAccount[]";
    }
}
