package io.github.keycloakgigya.inmemory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.IdentityProviderStorageProvider;

/** The identity providers of a realm, and their mappers. */
public abstract class InMemoryIdentityProviders implements IdentityProviderStorageProvider {

    private final List<IdentityProviderModel> providers = new ArrayList<>();
    private final List<IdentityProviderMapperModel> mappers = new ArrayList<>();

    @Override
    public IdentityProviderModel create(IdentityProviderModel provider) {
        providers.add(provider);
        return provider;
    }

    @Override
    public IdentityProviderMapperModel createMapper(IdentityProviderMapperModel mapper) {
        mappers.add(mapper);
        return mapper;
    }

    @Override
    public boolean removeMapper(IdentityProviderMapperModel mapper) {
        return mappers.remove(mapper);
    }

    @Override
    public IdentityProviderModel getById(String internalId) {
        return find(provider -> internalId.equals(provider.getInternalId()));
    }

    @Override
    public IdentityProviderModel getByAlias(String alias) {
        return find(provider -> alias.equals(provider.getAlias()));
    }

    @Override
    public Stream<IdentityProviderModel> getAllStream(IdentityProviderQuery query, Integer first, Integer most) {
        return providers.stream();
    }

    @Override
    public IdentityProviderMapperModel getMapperById(String id) {
        return mappers.stream()
                .filter(mapper -> id.equals(mapper.getId()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Stream<IdentityProviderMapperModel> getMappersByAliasStream(String alias) {
        return mappers.stream().filter(mapper -> alias.equals(mapper.getIdentityProviderAlias()));
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private IdentityProviderModel find(Predicate<IdentityProviderModel> condition) {
        return providers.stream().filter(condition).findFirst().orElse(null);
    }
}
