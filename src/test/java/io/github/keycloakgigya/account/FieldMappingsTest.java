package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMappingsTest {

    @Test
    void nobody_is_known_by_what_can_not_be_searched() {
        for (var attribute : List.of("username", "email", "Email")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FieldMappings.parse(Map.of("subscriptions.news.email.tags", attribute)))
                    .withMessageContaining("what a person is known by");
        }
        assertThat(FieldMappings.parse(Map.of("subscriptions.news.email.tags", "emails"))
                        .attributes())
                .containsExactly("emails");
    }

    @Test
    void exactly_the_mapped_fields_are_asked_for_and_never_the_uid() {
        var mappings = FieldMappings.parse(
                Map.of("profile.firstName", "firstName", "data.tags", "tags", "UID", "customer-number"));

        assertThat(mappings.fields())
                .containsExactlyInAnyOrder(GigyaField.parse("profile.firstName"), GigyaField.parse("data.tags"));
    }

    @Test
    void every_mapped_attribute_has_its_values_and_an_absent_one_an_empty_list() throws Exception {
        var mappings = FieldMappings.parse(Map.of(
                "profile.firstName", "firstName",
                "data.tags", "tags",
                "data.gone", "gone",
                "UID", "customer-number"));
        var token = new VerifiedToken(
                "uid-1",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of("profile.firstName", "Ada", "data.tags", List.of("a", "b"), "data.unmapped", "x"),
                "fingerprint");

        var attributes = mappings.attributesOf(GigyaAccount.of(token, Optional.empty(), mappings.fields()));

        assertThat(attributes)
                .containsOnly(
                        Map.entry("firstName", List.of("Ada")),
                        Map.entry("tags", List.of("a", "b")),
                        Map.entry("gone", List.of()),
                        Map.entry("customer-number", List.of("uid-1")));
    }

    @Test
    void no_mapping_at_all_is_fine() {
        assertThat(FieldMappings.parse(Map.of()).fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "email", "firstName", "lastName", "locale", "loyalty.level", "gigya", "ldap"})
    void own_properties_and_free_names_may_be_set(String attribute) {
        assertThat(FieldMappings.parse(Map.of("data.x", attribute)).toString()).contains(attribute);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gigya.uid",
                "GIGYA.UID",
                "gigya.anything",
                "LDAP_ID",
                "ldap_entry_dn",
                "KERBEROS_PRINCIPAL",
                "kerberos_x",
                "kc.email.pending",
                "keycloak.session.realm.users.query.groups",
                "id",
                "ID",
                "enabled",
                "emailVerified",
                "EMAILVERIFIED",
                "createdTimestamp",
                "disabledReason",
                "is_temporary_admin",
                " gigya.uid "
            })
    void a_protected_attribute_is_refused_with_field_attribute_and_reason(String attribute) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldMappings.parse(Map.of("data.x", attribute)))
                .withMessageContaining("data.x")
                .withMessageContaining("'" + attribute.strip() + "'")
                .withMessageMatching(".*(is protected|that Keycloak keeps itself).*");
    }

    @Test
    void letters_that_are_alike_only_in_turkish_protect_an_attribute_too() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThatIllegalArgumentException().isThrownBy(() -> FieldMappings.parse(Map.of("data.x", "GIGYA.UID")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_empty_attribute_is_refused() {
        for (var attribute : new String[] {"", "  ", null}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FieldMappings.parse(Collections.singletonMap("data.x", attribute)))
                    .withMessageContaining("data.x")
                    .withMessageContaining("empty");
        }
    }

    @Test
    void an_attribute_that_no_database_holds_is_refused() {
        for (var attribute : List.of("a\nb", "a\0", "x".repeat(256))) {
            assertThatIllegalArgumentException().isThrownBy(() -> FieldMappings.parse(Map.of("data.x", attribute)));
        }
    }

    @ParameterizedTest
    @CsvSource({"tags, tags", "tags, Tags", "email, EMAIL"})
    void an_attribute_that_is_mapped_twice_is_refused_with_both_fields(String one, String other) {
        var mappings = new LinkedHashMap<String, String>();
        mappings.put("data.a", one);
        mappings.put("data.b", other);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldMappings.parse(mappings))
                .withMessageContaining("'" + other + "'")
                .withMessageContaining("data.a")
                .withMessageContaining("data.b");
    }

    @Test
    void a_field_that_is_mapped_twice_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldMappings.parse(Map.of("data.a", "one", " data.a", "two")))
                .withMessageContaining("data.a");
    }

    @Test
    void a_wrong_field_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldMappings.parse(Map.of("firstName", "firstName")))
                .withMessageContaining("'firstName' is not a Gigya field");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldMappings.parse(Collections.singletonMap(null, "firstName")));
    }

    @Test
    void an_attribute_leads_back_to_its_field() {
        var mappings = FieldMappings.parse(Map.of("data.level", "level"));

        assertThat(mappings.fieldOf("level")).hasValue(GigyaField.parse("data.level"));
        assertThat(mappings.fieldOf("Level")).isEmpty();
        assertThat(mappings.attributes()).containsExactly("level");
    }

    @Test
    void settings_that_say_the_same_are_equal_and_others_are_not() {
        var mappings = FieldMappings.parse(Map.of("data.level", "level"));

        assertThat(mappings)
                .isEqualTo(FieldMappings.parse(Map.of(" data.level ", " level ")))
                .hasSameHashCodeAs(FieldMappings.parse(Map.of("data.level", "level")))
                .isNotEqualTo(FieldMappings.parse(Map.of("data.level", "tier")))
                .isNotEqualTo(Map.of("data.level", "level"));
        assertThat(mappings.hashCode())
                .isNotEqualTo(FieldMappings.parse(Map.of("data.level", "tier")).hashCode());
    }

    @Test
    void only_the_very_name_of_an_attribute_counts_as_mapped() {
        var mappings = FieldMappings.parse(Map.of("data.level", "level"));

        assertThat(mappings.maps("level")).isTrue();
        assertThat(mappings.maps("Level")).isFalse();
        assertThat(mappings.maps("data.level")).isFalse();
    }

    @Test
    void an_attribute_may_have_a_name_as_long_as_the_column_of_the_database() {
        assertThat(FieldMappings.parse(Map.of("data.x", "x".repeat(255))).attributes())
                .containsExactly("x".repeat(255));
    }
}
