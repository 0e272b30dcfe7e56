package io.github.keycloakgigya.settings;

import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.compatibility.CompatibilityMetadataProvider;
import org.keycloak.compatibility.CompatibilityResult;

/**
 * Tells {@code kc.sh update-compatibility}, and so the strategy {@code Auto} of Keycloak's operator, with which other
 * version of this extension a node may run at the same time: with those of the same minor version.
 */
public final class RollingUpdates implements CompatibilityMetadataProvider {

    private static final String VERSION = "version";
    private static final Pattern MINOR = Pattern.compile("([0-9]+\\.[0-9]+)\\..*");

    private final String version;

    /** For {@link java.util.ServiceLoader}. */
    public RollingUpdates() {
        this(ExtensionVersion.text());
    }

    RollingUpdates(String version) {
        this.version = version;
    }

    @Override
    public String getId() {
        return "keycloak-gigya";
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of(VERSION, version);
    }

    /**
     * {@inheritDoc}
     *
     * @param other empty where the extension was not there: until it is on all nodes, nothing in a realm can name it
     */
    @Override
    public CompatibilityResult isCompatible(Map<String, String> other) {
        var old = other.getOrDefault(VERSION, "none");
        return other.isEmpty() || minor(old).equals(minor(version))
                ? CompatibilityResult.providerCompatible(getId())
                : CompatibilityResult.incompatibleAttribute(getId(), VERSION, old, version);
    }

    // Of a version that is written otherwise, such as that of a build of somebody's own, all of it.
    private static String minor(String version) {
        var numbers = MINOR.matcher(version);
        return numbers.matches() ? numbers.group(1) : version;
    }
}
