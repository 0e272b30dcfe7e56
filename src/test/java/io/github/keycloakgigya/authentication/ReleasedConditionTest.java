package io.github.keycloakgigya.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.federation.ReleaseMark;
import io.github.keycloakgigya.inmemory.InMemoryStep;
import io.github.keycloakgigya.inmemory.Shop;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.UserModel;

/** Whom a flow leads to Keycloak's password form rather than to Gigya's page. */
class ReleasedConditionTest {

    private final Shop shop = Shop.federated(Map.of());
    private final ReleasedCondition condition = new ReleasedCondition();

    @Test
    void it_holds_of_who_has_left_and_of_nobody_else() {
        var user = shop.keycloak().addUser("1", "ann");
        assertThat(isMet(user)).isFalse();
        user.setFederationLink(Shop.FEDERATION);
        user.setSingleAttribute("gigya.uid", "uid_ann");
        assertThat(isMet(user)).isFalse();

        new ReleaseMark(shop.session(), shop.realm(), Shop.FEDERATION).put(user);

        assertThat(isMet(user)).isTrue();
    }

    @Test
    void who_belongs_to_a_federation_has_not_left_whatever_the_attribute_says() {
        var user = shop.keycloak().addUser("1", "ann");
        user.setSingleAttribute("gigya.released", Shop.FEDERATION);
        user.setFederationLink(Shop.FEDERATION);

        assertThat(isMet(user)).isFalse();
    }

    @Test
    void where_no_step_has_named_a_user_nobody_has_left() {
        assertThat(condition.matchCondition(InMemoryStep.of(shop.keycloak()))).isFalse();
    }

    @Test
    void it_can_be_no_way_in_by_itself() {
        assertThat(condition.getRequirementChoices()).containsExactly(Requirement.REQUIRED, Requirement.DISABLED);
    }

    private boolean isMet(UserModel user) {
        var step = InMemoryStep.of(shop.keycloak());
        step.setUser(user);
        return condition.matchCondition(step);
    }
}
