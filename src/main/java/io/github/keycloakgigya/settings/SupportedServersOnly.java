package io.github.keycloakgigya.settings;

import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.common.Version;
import org.keycloak.provider.EnvironmentDependentProviderFactory;

/**
 * A provider that Keycloak leaves out where the server is too old for this extension. Without it such a server would stop
 * at its start, or fail later where a class is missing. {@code connector.OutdatedServerFactory} tells of it.
 */
public interface SupportedServersOnly extends EnvironmentDependentProviderFactory {

    /** {@return whether the server is new enough} Called by Keycloak, mostly when the server is built. */
    @Override
    default boolean isSupported(Config.Scope config) {
        return isSupported();
    }

    /** {@return whether the server is new enough} What Keycloak up to 25 asks. */
    default boolean isSupported() {
        return !KeycloakVersion.ofServer().isTooOld();
    }

    /**
     * The version of a Keycloak server.
     *
     * @param text as Keycloak writes it, such as {@code 26.5.6} or {@code 26.4.11.redhat-00001}
     */
    record KeycloakVersion(String text) {

        private static final int OLDEST_MAJOR = 26;
        private static final int OLDEST_MINOR = 5;

        /** The first release that this extension is made for. */
        public static final String OLDEST = OLDEST_MAJOR + "." + OLDEST_MINOR;

        private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})");

        /** {@return the version of the server that this runs in} */
        public static KeycloakVersion ofServer() {
            return new KeycloakVersion(Version.VERSION);
        }

        /** {@return whether this extension stays off there} */
        public boolean isTooOld() {
            var numbers = NUMBERS.matcher(text);
            // A version without numbers is of a build of somebody's own, who knows what it holds.
            if (!numbers.lookingAt()) {
                return false;
            }
            int major = Integer.parseInt(numbers.group(1));
            int minor = Integer.parseInt(numbers.group(2));
            return major < OLDEST_MAJOR || major == OLDEST_MAJOR && minor < OLDEST_MINOR;
        }
    }
}
