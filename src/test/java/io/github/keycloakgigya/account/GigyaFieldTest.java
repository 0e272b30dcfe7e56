package io.github.keycloakgigya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakgigya.api.AccountSection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GigyaFieldTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UID",
                "profile.firstName",
                "profile.education.school",
                "data.loyalty.level",
                "data.$odd_name-1",
                "data.2024",
                "preferences.terms.tos.isConsentGranted",
                "preferences.privacy",
                "subscriptions.news.email.isSubscribed",
                "communications.news_SMS.status",
                "groups.organizations",
                "groups.organizations.orgId"
            })
    void a_path_is_kept_as_it_is(String path) {
        assertThat(GigyaField.parse(path).path()).isEqualTo(path);
        assertThat(GigyaField.parse(" " + path + " ")).isEqualTo(GigyaField.parse(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uid",
                "profile",
                "data.",
                "firstName",
                "Profile.firstName",
                "profile..firstName",
                "profile.firstName.",
                "profile.firstName,data.secret",
                "data.a b",
                "data.a[0]",
                "data.a*",
                "data.ä",
                "data.a\n",
                "preferences",
                "subscriptions",
                "communications.news_SMS",
                "communications.news_SMS.userActionTimestamp",
                "communications.status",
                "groups",
                "groups.members",
                "groups.organizationsOfOthers",
                "groups.organizations.orgId.x",
                "UID.x"
            })
    void what_is_no_field_is_refused_with_its_name_and_what_is_expected(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GigyaField.parse(path.endsWith("\n") ? path + "b" : path))
                .withMessageContaining("'" + (path.endsWith("\n") ? path + "b" : path.strip()) + "'")
                .withMessageContaining("profile.<name>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void no_text_at_all_is_said_to_be_empty(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GigyaField.parse(path))
                .withMessage("a Gigya field is empty");
    }

    @Test
    void a_token_is_asked_for_profile_and_data_alone() {
        assertThat(GigyaField.parse("profile.preferences").isInToken()).isTrue();
        assertThat(GigyaField.parse("data.groups.organizations").isInToken()).isTrue();
        assertThat(GigyaField.UID.isInToken()).isFalse();
        assertThat(GigyaField.parse("preferences.terms").isInToken()).isFalse();
        assertThat(GigyaField.parse("subscriptions.news").section()).contains(AccountSection.SUBSCRIPTIONS);
        assertThat(GigyaField.sectionsOf(Set.of(
                        GigyaField.UID,
                        GigyaField.parse("data.x"),
                        GigyaField.parse("groups.organizations"),
                        GigyaField.parse("communications.news_SMS.status"))))
                .containsExactlyInAnyOrder(AccountSection.COMMUNICATIONS, AccountSection.GROUPS);
    }

    @Test
    void a_path_may_have_256_characters() {
        assertThat(GigyaField.parse("data." + "x".repeat(251)).path()).hasSize(256);
    }

    @Test
    void fields_are_told_apart_by_their_paths_and_stand_in_their_order() {
        var first = GigyaField.parse("data.a");
        var second = GigyaField.parse("data.b");

        assertThat(first).isEqualTo(GigyaField.parse("data.a")).hasSameHashCodeAs(GigyaField.parse("data.a"));
        assertThat(first.hashCode()).isNotEqualTo(second.hashCode());
        assertThat(first).isNotEqualTo(second).isLessThan(second).hasToString("data.a");
    }

    @Test
    void a_very_long_path_is_refused_without_repeating_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GigyaField.parse("data." + "x".repeat(252)))
                .withMessage("a Gigya field's path has at most 256 characters");
    }
}
