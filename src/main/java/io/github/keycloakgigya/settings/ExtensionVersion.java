package io.github.keycloakgigya.settings;

import java.util.Map;
import java.util.Optional;
import org.keycloak.provider.ServerInfoAwareProviderFactory;

/** A provider that tells an administrator which version of this extension it is of: Server info > Provider info. */
public interface ExtensionVersion extends ServerInfoAwareProviderFactory {

    /** {@return the version in the jar's manifest; {@code unknown} outside of a jar} */
    static String text() {
        return Optional.ofNullable(ExtensionVersion.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }

    @Override
    default Map<String, String> getOperationalInfo() {
        return Map.of("keycloak-gigya", text());
    }
}
