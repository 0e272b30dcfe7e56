package io.github.keycloakgigya.storage;

import java.time.Instant;
import java.util.List;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;

/**
 * An imported user as the rest of Keycloak sees it: an ordinary local user, but for the attributes by which this
 * extension knows it.
 *
 * <p>Somebody who could write {@code gigya.uid} of a user could make another person's sign-in end at that user. Realms
 * that let users edit unmanaged attributes would allow that, so writes to these attributes change nothing. They are
 * ignored and not refused, since a form that saves a whole profile writes all of it.
 */
final class FederatedUser extends UserModelDelegate {

    /** The UID of the account that a user stands for. */
    static final String UID = "gigya.uid";

    /** Set while a user is disabled because its account is missing, and not by an administrator. */
    static final String MISSING = "gigya.missing";

    /**
     * When Gigya said what a sign-in last wrote, by Gigya's clock, in epoch milliseconds. A search may find an older state
     * of the account for a while.
     */
    static final String AS_OF = "gigya.asOf";

    private static final String PROTECTED_PREFIX = "gigya.";

    FederatedUser(UserModel local) {
        super(local);
    }

    /** {@return whether a user stands for an account, whose UID is compared exactly} */
    static boolean standsFor(UserModel user, String componentId, String uid) {
        return componentId.equals(user.getFederationLink()) && uid.equals(user.getFirstAttribute(UID));
    }

    /** {@return the value of the attribute {@link #AS_OF}} */
    static String text(Instant asOf) {
        return Long.toString(asOf.toEpochMilli());
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

    private static boolean isWritable(String name) {
        return !name.startsWith(PROTECTED_PREFIX);
    }
}
