package io.github.keycloakgigya.federation;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.federation.settings.ProtectedAttributes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserModel;

class FederatedUserTest {

    private final UserModel local = mock(UserModel.class);
    private final FederatedUser user =
            new FederatedUser(local, new ProtectedAttributes(Set.of("username", "email", "level")));

    @ParameterizedTest
    @ValueSource(strings = {"gigya.uid", "gigya.missing", "gigya.anything"})
    void what_this_extension_keeps_nobody_else_writes(String name) {
        user.setSingleAttribute(name, "x");
        user.setAttribute(name, List.of("x"));
        user.removeAttribute(name);

        verify(local, never()).setSingleAttribute(anyString(), any());
        verify(local, never()).setAttribute(anyString(), any());
        verify(local, never()).removeAttribute(anyString());
    }

    @Test
    void what_a_mapping_owns_only_gigya_decides() {
        user.setUsername("x");
        user.setEmail("x@example.com");
        user.setSingleAttribute("level", "x");
        user.setAttribute("level", List.of("x"));
        user.removeAttribute("level");

        verifyNoInteractions(local);
    }

    @Test
    void a_name_that_is_not_mapped_is_the_users_own() {
        user.setFirstName("Ann");
        user.setLastName("Example");

        verify(local).setFirstName("Ann");
        verify(local).setLastName("Example");
    }

    @Test
    void every_other_attribute_is_written() {
        user.setSingleAttribute("color", "red");
        user.setAttribute("gigya", List.of("x"));
        user.removeAttribute("size");

        verify(local).setSingleAttribute("color", "red");
        verify(local).setAttribute("gigya", List.of("x"));
        verify(local).removeAttribute("size");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoever_enables_or_disables_the_user_takes_the_decision_from_the_policy(boolean enabled) {
        when(local.getFirstAttribute(FederatedUser.MISSING)).thenReturn("true");

        user.setEnabled(enabled);

        verify(local).removeAttribute(FederatedUser.MISSING);
        verify(local).setEnabled(enabled);
    }

    @Test
    void no_row_is_touched_where_the_policy_decided_nothing() {
        user.setEnabled(false);

        verify(local, never()).removeAttribute(anyString());
        verify(local).setEnabled(false);
    }
}
