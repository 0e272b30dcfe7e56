package io.github.keycloakgigya.storage;

import io.github.keycloakgigya.federation.FederatedUser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeContext;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.UserProfileMetadata;
import org.keycloak.userprofile.UserProfileUtil;

/**
 * What the profile of a federated user shows of the account: read-only, for this federation's users alone. The condition
 * asks for the user itself, since one that was left in metadata that others share made every user read-only in Keycloak
 * (keycloak#30476).
 */
final class ProfileDecoration {

    private final String componentId;
    private final List<String> attributes;

    /**
     * Prepares to decorate.
     *
     * @param attributes that mappings own, the user name among them
     */
    ProfileDecoration(String componentId, List<String> attributes) {
        this.componentId = componentId;
        this.attributes = attributes;
    }

    /** {@return metadata of attributes that the realm's profile does not name} Those that it names become read-only. */
    List<AttributeMetadata> decorate(KeycloakSession session, UserProfileMetadata metadata) {
        var added = new ArrayList<AttributeMetadata>();
        int order = metadata.getAttributes().size();
        for (var name : attributes) {
            var attribute = UserProfileUtil.createAttributeMetadata(name, metadata, order++, componentId);
            if (attribute != null) {
                attribute.setMultivalued(true);
                added.add(attribute);
            }
        }
        var group = UserProfileUtil.lookupUserMetadataGroup(session);
        var uid = UserProfileUtil.createAttributeMetadata(FederatedUser.UID, metadata, group, order, componentId);
        if (uid != null) {
            uid.setAttributeDisplayName("Gigya UID");
            uid.setDefault(true);
            added.add(uid);
        }
        Stream.concat(metadata.getAttributes().stream(), added.stream())
                .filter(attribute -> isGigyas(attribute.getName()))
                .forEach(attribute -> attribute.addWriteCondition(this::isAnothersUser));
        return added;
    }

    private boolean isGigyas(String name) {
        return FederatedUser.UID.equals(name) || attributes.contains(name);
    }

    private boolean isAnothersUser(AttributeContext context) {
        return Optional.ofNullable(context.getUser())
                .map(UserModel::getFederationLink)
                .filter(componentId::equals)
                .isEmpty();
    }
}
