package io.github.keycloakgigya.broker.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.broker.BrokeredShop;
import io.github.keycloakgigya.broker.mapper.MapperListenerFactory.SavedMappers;
import jakarta.ws.rs.WebApplicationException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.IdentityProviderMapperModel;

/** Which mappers an administrator may save. */
class SavedMappersTest {

    private final BrokeredShop shop = BrokeredShop.plain(Map.of());

    @Test
    void a_mapper_that_cannot_do_its_work_is_refused_with_a_reason() {
        assertThat(refusalOf(broken())).isPresent();
    }

    @Test
    void a_mapper_that_can_be_used_is_not_refused() {
        var mapper = shop.mapper("gigya-attribute-mapper", Map.of("field", "data.colour", "user.attribute", "colour"));

        assertThat(refusalOf(mapper)).isEmpty();
    }

    @Test
    void mappers_of_others_and_those_that_are_gone_are_not_refused() {
        assertThat(refusalOf(shop.mapper("oidc-role-idp-mapper", Map.of()))).isEmpty();
        assertThat(saved().refusal(shop.shop().realm(), "unknown")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "UPDATE"})
    void saving_such_a_mapper_fails(OperationType operation) {
        tell(operation, ResourceType.IDENTITY_PROVIDER_MAPPER);

        assertThatThrownBy(() -> shop.shop().keycloak().commit())
                .isInstanceOfSatisfying(
                        WebApplicationException.class,
                        refused -> assertThat(refused.getResponse().getStatus()).isEqualTo(400));
    }

    @Test
    void removing_it_and_saving_something_else_does_not_fail() {
        tell(OperationType.DELETE, ResourceType.IDENTITY_PROVIDER_MAPPER);
        tell(OperationType.UPDATE, ResourceType.IDENTITY_PROVIDER);

        assertThatCode(() -> shop.shop().keycloak().commit()).doesNotThrowAnyException();
    }

    private IdentityProviderMapperModel broken() {
        return shop.mapper("gigya-role-mapper", Map.of("field", "data.member", "value", "gold", "role", "nowhere"));
    }

    private SavedMappers saved() {
        return new SavedMappers(shop.shop().session());
    }

    private Optional<String> refusalOf(IdentityProviderMapperModel mapper) {
        return saved().refusal(shop.shop().realm(), mapper.getId());
    }

    private void tell(OperationType operation, ResourceType kind) {
        var event = new AdminEvent();
        event.setRealmId(shop.shop().realm().getId());
        event.setResourceType(kind);
        event.setOperationType(operation);
        event.setResourcePath("identity-provider/instances/gigya-idp/mappers/" + broken().getId());
        new MapperListenerFactory().create(shop.shop().session()).onEvent(event, true);
    }
}
