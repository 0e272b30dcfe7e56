package io.github.keycloakgigya.federation.transfer;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.settings.SiteAccounts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/**
 * The identity providers by which somebody who has left Gigya can sign in: those that are enabled, are for more than linking,
 * and don't lead to the same accounts at Gigya.
 */
public final class SignInProviders {

    // A sign-in by such a provider is one by Gigya. Whoever has left is told so there.
    private static final String IMPORTER = "gigya-account-importer";

    private final KeycloakSession session;
    private final SiteAccounts accounts;
    private final Map<String, Optional<IdentityProviderModel>> known = new HashMap<>();

    /** @param federation that is left */
    public SignInProviders(Federation federation) {
        this.session = federation.session();
        this.accounts = SiteAccounts.of(federation.settings().site());
    }

    /** {@return whether a provider is one of these} */
    public boolean has(String alias) {
        return of(alias).isPresent();
    }

    /** {@return one of these that people can be linked to by an identity of Gigya's: those of Gigya know people by UIDs} */
    Optional<IdentityProviderModel> linkable(String alias) {
        return of(alias).filter(found -> !SiteAccounts.IDENTITY_PROVIDER_ID.equals(found.getProviderId()));
    }

    private Optional<IdentityProviderModel> of(String alias) {
        return known.computeIfAbsent(alias, this::find);
    }

    private Optional<IdentityProviderModel> find(String alias) {
        return Optional.ofNullable(session.identityProviders().getByAlias(alias))
                .filter(IdentityProviderModel::isEnabled)
                .filter(provider -> !Boolean.TRUE.equals(provider.isLinkOnly()))
                .filter(provider ->
                        SiteAccounts.of(provider).filter(accounts::areThoseOf).isEmpty())
                .filter(provider -> session.identityProviders()
                        .getMappersByAliasStream(alias)
                        .noneMatch(mapper -> IMPORTER.equals(mapper.getIdentityProviderMapper())));
    }
}
