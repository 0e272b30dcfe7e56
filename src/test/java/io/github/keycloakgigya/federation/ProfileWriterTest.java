package io.github.keycloakgigya.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

class ProfileWriterTest {

    private final UserModel user = mock(UserModel.class);

    @BeforeEach
    void a_user_who_was_imported_before() {
        when(user.getUsername()).thenReturn("ann");
        when(user.getEmail()).thenReturn("ann@example.com");
        when(user.getFirstName()).thenReturn("Ann");
        when(user.getAttributeStream(anyString())).thenAnswer(call -> Stream.empty());
        when(user.getAttributeStream("colors")).thenAnswer(call -> Stream.of("red", "blue"));
    }

    @Test
    void what_is_the_same_is_not_written() {
        writer(
                        Optional.of("ann@example.com"),
                        Map.of("firstName", List.of("Ann"), "colors", List.of("red", "blue")),
                        true)
                .write(user);

        verify(user, never()).setUsername(any());
        verify(user, never()).setEmail(any());
        verify(user, never()).setEmailVerified(anyBoolean());
        verify(user, never()).setFirstName(any());
        verify(user, never()).setAttribute(any(), any());
        verify(user, never()).removeAttribute(any());
    }

    @Test
    void a_new_address_comes_with_its_verification() {
        var writer = writer(Optional.of("new@example.com"), Map.of(), true);

        assertThat(writer.changes(user)).isTrue();
        writer.write(user);

        verify(user).setEmail("new@example.com");
        verify(user).setEmailVerified(false);
    }

    @Test
    void an_address_that_was_verified_since_becomes_a_verified_one() {
        var writer = new ProfileWriter(
                new ImportedProfile(new Uid("uid"), "ann", Optional.of("ann@example.com"), true, Map.of()), true);

        assertThat(writer.changes(user)).isTrue();
        writer.write(user);

        verify(user, never()).setEmail(any());
        verify(user).setEmailVerified(true);
    }

    @Test
    void an_address_that_keycloak_holds_as_verified_stays_a_verified_one() {
        when(user.isEmailVerified()).thenReturn(true);
        var writer = writer(Optional.of("ann@example.com"), Map.of(), true);

        assertThat(writer.changes(user)).isFalse();
        writer.write(user);

        verify(user, never()).setEmailVerified(anyBoolean());
    }

    @Test
    void an_address_that_is_gone_is_removed_and_not_verified() {
        var writer = writer(Optional.empty(), Map.of(), true);

        assertThat(writer.changes(user)).isTrue();
        writer.write(user);

        verify(user).setEmail(null);
        verify(user).setEmailVerified(false);
    }

    @Test
    void an_address_that_does_not_come_from_gigya_stays() {
        writer(Optional.empty(), Map.of(), false).write(user);

        verify(user, never()).setEmail(any());
        verify(user, never()).setEmailVerified(anyBoolean());
    }

    @Test
    void values_in_another_order_are_the_same_values() {
        var writer = writer(Optional.of("ann@example.com"), Map.of("colors", List.of("blue", "red")), true);

        writer.write(user);

        assertThat(writer.changes(user)).isFalse();
        verify(user, never()).setAttribute(any(), any());
    }

    @Test
    void an_attribute_without_a_value_is_removed_where_there_is_one() {
        writer(Optional.of("ann@example.com"), Map.of("colors", List.of(), "absent", List.of()), true)
                .write(user);

        verify(user).removeAttribute("colors");
        verify(user, never()).removeAttribute("absent");
    }

    @Test
    void a_name_without_a_value_is_removed() {
        writer(Optional.of("ann@example.com"), Map.of("firstName", List.of()), true)
                .write(user);

        verify(user).setFirstName(null);
    }

    @Test
    void a_newer_password_than_the_one_that_was_taken_along_is_noted_with_its_user() {
        when(user.getFirstAttribute("gigya.password")).thenReturn("transferred");
        when(user.getFirstAttribute("gigya.passwordOf")).thenReturn("1000");

        assertThat(writerOfPassword(1000).changes(user)).isFalse();
        assertThat(writerOfPassword(1001).changes(user)).isTrue();
        writerOfPassword(1001).write(user);
        verify(user).setSingleAttribute("gigya.passwordSeen", "1001");

        when(user.getFirstAttribute("gigya.passwordSeen")).thenReturn("1001");
        assertThat(writerOfPassword(1001).changes(user)).isFalse();
    }

    @Test
    void of_users_whose_password_is_not_taken_along_it_is_not_noted() {
        assertThat(writerOfPassword(1001).changes(user)).isFalse();
    }

    private static ProfileWriter writerOfPassword(long created) {
        return new ProfileWriter(
                new ImportedProfile(
                        new Uid("uid"),
                        "ann",
                        Optional.of("ann@example.com"),
                        false,
                        Map.of(),
                        List.of(),
                        Optional.of(Instant.ofEpochMilli(created))),
                true);
    }

    private static ProfileWriter writer(
            Optional<String> email, Map<String, List<String>> attributes, boolean ownsEmail) {
        return new ProfileWriter(new ImportedProfile(new Uid("uid"), "ann", email, false, attributes), ownsEmail);
    }
}
