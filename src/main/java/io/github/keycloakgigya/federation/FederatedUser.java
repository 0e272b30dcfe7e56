package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.account.GigyaAccount;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.session.SessionEnd;
import io.github.keycloakgigya.federation.settings.ProtectedAttributes;
import io.github.keycloakgigya.monitoring.SessionMeters.EndReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;

/**
 * An imported user as the rest of Keycloak sees it: an ordinary local user, but for what Gigya alone decides and the
 * attributes by which this extension knows it.
 *
 * <p>Somebody who could write {@code gigya.uid} of a user could make another person's sign-in end at that user. Realms
 * that let users edit unmanaged attributes would allow that, so writes to these attributes change nothing. They are
 * ignored and not refused, since a form that saves a whole profile writes all of it.
 */
public final class FederatedUser extends UserModelDelegate {

    /** The UID of the account that a user stands for. */
    public static final String UID = GigyaAccount.UID_ATTRIBUTE;

    /** Set while a user is disabled because its account is missing, and not by an administrator. */
    public static final String MISSING = "gigya.missing";

    /**
     * When Gigya said what a sign-in last wrote, by Gigya's clock, in epoch milliseconds. A search may find an older state
     * of the account for a while.
     */
    public static final String AS_OF = "gigya.asOf";

    /** When the account's password was set, as it was last read, by Gigya's clock, in epoch milliseconds. */
    public static final String PASSWORD_CREATED = "gigya.passwordCreated";

    /** What became of the account's password, for who is to leave Gigya: an id of {@code federation.transfer}. */
    public static final String PASSWORD = "gigya.password";

    /** When that password was set, by Gigya's clock, in epoch milliseconds. */
    public static final String PASSWORD_OF = "gigya.passwordOf";

    /**
     * When Gigya said that the account's password was set, where that is later than {@link #PASSWORD_OF} and the settings do
     * not have {@link #PASSWORD_CREATED} kept for everybody: what waits for such a user is not the password any more.
     */
    public static final String PASSWORD_SEEN = "gigya.passwordSeen";

    /** The id of the federation that a user has left, who is none of this type any more. */
    public static final String RELEASED = "gigya.released";

    private final ProtectedAttributes protectedAttributes;

    /**
     * Wraps a user.
     *
     * @param protectedAttributes what only a sign-in or a sync may write
     */
    public FederatedUser(UserModel local, ProtectedAttributes protectedAttributes) {
        super(local);
        this.protectedAttributes = protectedAttributes;
    }

    /** {@return whether a user stands for an account, whose UID is compared exactly} */
    public static boolean standsFor(UserModel user, String componentId, Uid uid) {
        return componentId.equals(user.getFederationLink()) && uid.value().equals(user.getFirstAttribute(UID));
    }

    /** {@return the UID that a user's attribute names; empty where it names none} Who may have written it, is not told. */
    public static Optional<Uid> uidOf(UserModel user) {
        return Uid.of(user.getFirstAttribute(UID));
    }

    /** {@return the value of the attribute {@link #AS_OF}, or of {@link #PASSWORD_CREATED}} */
    public static String text(Instant asOf) {
        return Long.toString(asOf.toEpochMilli());
    }

    /**
     * Removes from a user what the user may have written before the federation came to protect it: the one would bring the
     * user back after an administrator disabled it, the others keep Gigya's changes away.
     */
    static void forgetWritten(UserModel user) {
        user.removeAttribute(MISSING);
        user.removeAttribute(AS_OF);
        user.removeAttribute(PASSWORD_CREATED);
        user.removeAttribute(PASSWORD);
        user.removeAttribute(PASSWORD_OF);
        user.removeAttribute(PASSWORD_SEEN);
    }

    /** {@return since when what a user shows was true at Gigya, by Gigya's clock; empty where no sign-in wrote it} */
    public static Optional<Instant> asOf(UserModel user) {
        return instant(user, AS_OF);
    }

    /** {@return whether an account's password was set after the last one that its user knows of} */
    public static boolean isNewPassword(UserModel user, Instant created) {
        return instant(user, PASSWORD_CREATED).orElse(Instant.EPOCH).isBefore(created);
    }

    /** {@return since when the account of a user has its password, as it was last read; empty where it was not} */
    public static Optional<Instant> passwordSince(UserModel user) {
        return latest(user, PASSWORD_CREATED, PASSWORD_SEEN);
    }

    /** {@return whether a password was set after the one that was looked at to take it along, and is not known to be} */
    public static boolean isNewerThanTaken(UserModel user, Instant created) {
        return user.getFirstAttribute(PASSWORD) != null
                && latest(user, PASSWORD_OF, PASSWORD_SEEN)
                        .orElse(Instant.EPOCH)
                        .isBefore(created);
    }

    private static Optional<Instant> latest(UserModel user, String... attributes) {
        return Stream.of(attributes)
                .flatMap(attribute -> instant(user, attribute).stream())
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> instant(UserModel user, String attribute) {
        return Optional.ofNullable(user.getFirstAttribute(attribute)).flatMap(FederatedUser::instant);
    }

    /** {@return the moment that such a value means; empty where it is none} */
    static Optional<Instant> instant(String text) {
        return text.matches("\\d{1,15}") ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text))) : Optional.empty();
    }

    @Override
    public void setEnabled(boolean enabled) {
        // Whoever decides now, decides instead of the policy for missing accounts. See also AdministratorListener.
        if (delegate.getFirstAttribute(MISSING) != null) {
            delegate.removeAttribute(MISSING);
        }
        super.setEnabled(enabled);
    }

    @Override
    public void setSingleAttribute(String name, String value) {
        if (isWritable(name)) {
            super.setSingleAttribute(name, value);
        }
    }

    @Override
    public void setAttribute(String name, List<String> values) {
        if (isWritable(name)) {
            super.setAttribute(name, values);
        }
    }

    @Override
    public void removeAttribute(String name) {
        if (isWritable(name)) {
            super.removeAttribute(name);
        }
    }

    @Override
    public void setUsername(String username) {
        if (isWritable(USERNAME)) {
            super.setUsername(username);
        }
    }

    @Override
    public void setEmail(String email) {
        if (isWritable(EMAIL)) {
            super.setEmail(email);
        }
    }

    @Override
    public void setFirstName(String firstName) {
        if (isWritable(FIRST_NAME)) {
            super.setFirstName(firstName);
        }
    }

    @Override
    public void setLastName(String lastName) {
        if (isWritable(LAST_NAME)) {
            super.setLastName(lastName);
        }
    }

    private boolean isWritable(String name) {
        return !protectedAttributes.contains(name);
    }

    /** Tells users who are disabled because Gigya has no active account of theirs from those an administrator disabled. */
    public static final class MissingMark {

        private MissingMark() {}

        /** {@return whether a user is disabled for that reason alone} */
        public static boolean isOn(UserModel user) {
            return !user.isEnabled() && user.getFirstAttribute(FederatedUser.MISSING) != null;
        }

        /** {@return whether a user is not yet as an account demands that is active, or is not} */
        public static boolean isWrongOn(UserModel user, boolean active) {
            return active ? isOn(user) : user.isEnabled();
        }

        /**
         * Disables a user whose account is not active, or enables one that only the mark keeps disabled.
         *
         * @param local the user in Keycloak's own storage
         * @param sessions ends those of a user who is disabled
         */
        public static void correct(UserModel local, boolean active, SessionEnd sessions) {
            if (active) {
                enable(local);
            } else {
                disable(local, sessions, EndReason.DISABLED);
            }
        }

        /** Enables a user that only the mark keeps disabled. */
        static void enable(UserModel local) {
            if (isOn(local)) {
                local.setEnabled(true);
                local.removeAttribute(FederatedUser.MISSING);
            }
        }

        /** Disables a user who is enabled, and ends all sessions before. */
        static void disable(UserModel local, SessionEnd sessions, EndReason why) {
            if (local.isEnabled()) {
                sessions.of(local, why);
                put(local);
            }
        }

        /** Disables a user who is new, and has no sessions. */
        static void put(UserModel local) {
            local.setEnabled(false);
            local.setSingleAttribute(FederatedUser.MISSING, Boolean.TRUE.toString());
        }
    }
}
