package io.github.keycloakgigya.broker.mapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.account.GigyaField;
import io.github.keycloakgigya.account.StoredName.Username;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.broker.account.BrokeredAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** User names that are made of a template. */
class UsernameTemplateTest {

    private static final BrokeredAccount ACCOUNT = new BrokeredAccount(
            new Uid("UID-1"),
            "uid-1",
            Optional.empty(),
            Map.of(
                    "profile.nickname", List.of("Ann", "Annie"),
                    "profile.email", List.of("Ann.Example@example.com"),
                    "profile.city", List.of(),
                    "data.kelvin", List.of("\u212Aelvin"),
                    "data.dotless", List.of("adm\u0131n"),
                    "data.hidden", List.of("ad\u200Bmin")));

    @ParameterizedTest
    @CsvSource({
        "${profile.nickname}, ann",
        "${ALIAS}.${UID}, shop.uid-1",
        "${ profile.nickname }-${profile.email | localpart}, ann-ann.example",
        "${profile.nickname|lowercase}, ann",
        "${profile.nickname | uppercase}, ann",
        "${ALIAS | localpart}_${profile.nickname}_$, shop_ann_$",
    })
    void a_template_becomes_a_name(String template, String name) {
        assertThat(UsernameTemplate.parse(template).of(ACCOUNT, "shop")).contains(new Username(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${profile.city}",
                "x-${profile.city}",
                "${profile.nickname}${data.unknown}",
                "${data.kelvin | lowercase}",
                "${data.hidden}"
            })
    void no_name_is_made_where_a_value_is_missing_or_could_pass_for_another(String template) {
        assertThat(UsernameTemplate.parse(template).of(ACCOUNT, "shop")).isEmpty();
    }

    @Test
    void upper_case_makes_no_other_letters_of_look_alikes() {
        assertThat(UsernameTemplate.parse("${data.dotless | uppercase}").of(ACCOUNT, "shop"))
                .isNotEqualTo(Optional.of(new Username("admin")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "everybody",
                "${ALIAS}",
                "${CLAIM.sub}",
                "${profile.nickname",
                "${}",
                "${profile.nickname | reverse}",
                "${profile.nickname|}",
                "${profile.${ALIAS}}"
            })
    void a_template_that_makes_no_sense_is_refused(String template) {
        assertThatThrownBy(() -> UsernameTemplate.parse(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_template_needs_the_fields_that_it_names() {
        assertThat(UsernameTemplate.parse("${ALIAS}${UID}${profile.nickname}").fields())
                .containsExactly(GigyaField.UID, GigyaField.parse("profile.nickname"));
    }
}
