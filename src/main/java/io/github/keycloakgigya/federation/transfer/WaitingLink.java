package io.github.keycloakgigya.federation.transfer;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.keycloak.models.FederatedIdentityModel;

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
