package io.github.keycloakgigya.federation.transfer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * Identities elsewhere that wait for their user to leave Gigya, kept as passwords that wait are: in a credential whose type
 * nobody in Keycloak knows, and whose content no resource of Keycloak's shows. As links of Keycloak's they would sign
 * people in at once, past Gigya.
 */
enum WaitingLinks {
    /** Those that are to become links. */
    WAITING("gigya-links"),
    /** Those that became links with the release, which are to wait again where their user comes back. */
    MADE("gigya-links-made");

    private static final TypeReference<List<WaitingLink>> LINKS = new TypeReference<>() {};

    private final String type;

    WaitingLinks(String type) {
        this.type = type;
    }

    /** {@return the type of the credential} */
    String type() {
        return type;
    }

    /** {@return what is kept of a user} */
    List<WaitingLink> of(UserModel user) {
        return stored(user).map(stored -> parse(stored.getSecretData())).orElseGet(List::of);
    }

    /** Keeps these of a user instead of what was kept. */
    void put(List<WaitingLink> links, UserModel local) {
        var manager = local.credentialManager();
        var stored = stored(local);
        if (links.isEmpty()) {
            stored.ifPresent(old -> manager.removeStoredCredentialById(old.getId()));
            return;
        }
        var credential = stored.orElseGet(this::empty);
        credential.setSecretData(text(links));
        if (stored.isPresent()) {
            manager.updateStoredCredential(credential);
        } else {
            manager.createStoredCredential(credential);
        }
    }

    private Optional<CredentialModel> stored(UserModel user) {
        return user.credentialManager().getStoredCredentialsByTypeStream(type).findFirst();
    }

    private CredentialModel empty() {
        var credential = new CredentialModel();
        credential.setType(type);
        credential.setCreatedDate(Instant.now().toEpochMilli());
        credential.setCredentialData("{}");
        return credential;
    }

    /** {@return the links that a credential holds; none where it holds nothing that can be read} */
    static List<WaitingLink> parse(String secretData) {
        try {
            return secretData == null ? List.of() : List.copyOf(JsonSerialization.mapper.readValue(secretData, LINKS));
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static String text(List<WaitingLink> links) {
        try {
            return JsonSerialization.writeValueAsString(links);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * An identity elsewhere that is to become a link of its user's with the release.
     *
     * @param alias of the identity provider that signs in by it
     * @param provider the provider's internal id: another one may get the alias
     * @param person what the provider calls the person
     */
    record WaitingLink(
            @JsonProperty("alias") String alias,
            @JsonProperty("provider") String provider,
            @JsonProperty("person") String person) {

        WaitingLink {
            Objects.requireNonNull(alias, "alias");
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(person, "person");
        }

        /** {@return the link that it becomes} */
        FederatedIdentityModel link() {
            return new FederatedIdentityModel(alias, person, null);
        }

        /** Leaves the person out, so that no log shows it. */
        @Override
        public String toString() {
            return "WaitingLink[" + alias + "]";
        }
    }
}
