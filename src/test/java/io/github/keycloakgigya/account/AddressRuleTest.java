package io.github.keycloakgigya.account;

import static io.github.keycloakgigya.account.AddressRule.UnverifiedEmail.OMIT;
import static io.github.keycloakgigya.account.AddressRule.UnverifiedEmail.STORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloakgigya.account.AddressRule.HeldAddress;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.account.AddressRule.UnverifiedEmail;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Uid;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which address and which name an account is known. */
class AddressRuleTest {

    private static final String UID = "UID-1";
    private static final String ADDRESS = "ann@example.com";
    private static final FakeAddresses NOBODYS = FakeAddresses.havingVerified();

    @ParameterizedTest
    @CsvSource({
        // Trusted, what becomes of others, verified by Gigya; whether the user gets it, and as verified.
        "false, OMIT,  true,  true,  true",
        "false, OMIT,  false, false, false",
        "false, STORE, true,  true,  true",
        "false, STORE, false, true,  false",
        "true,  OMIT,  false, true,  true",
        "true,  STORE, false, true,  true",
    })
    void a_user_gets_an_address_by_verification_trust_or_choice(
            boolean trust, UnverifiedEmail unverified, boolean verified, boolean given, boolean counts)
            throws GigyaException {
        var known = verified ? FakeAddresses.havingVerified(ADDRESS) : NOBODYS;

        var email = new AddressRule(trust, unverified).email(Optional.of("Ann@Example.com"), known);

        assertThat(email.map(AddressRule.Email::address)).isEqualTo(given ? Optional.of(ADDRESS) : Optional.empty());
        assertThat(email.filter(AddressRule.Email::verified).isPresent()).isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource({
        "false, OMIT,  true,  ann@example.com",
        "false, OMIT,  false, uid-1",
        "false, STORE, false, ann@example.com",
        "true,  OMIT,  false, ann@example.com",
    })
    void an_address_is_a_name_where_it_may_be_an_address(
            boolean trust, UnverifiedEmail unverified, boolean verified, String name) throws GigyaException {
        var known = verified ? FakeAddresses.havingVerified(ADDRESS) : NOBODYS;

        assertThat(new AddressRule(trust, unverified)
                        .username(Optional.of(" Ann@example.com "), new Uid(UID), known)
                        .text())
                .isEqualTo(name);
    }

    @Test
    void what_the_owner_signs_in_by_is_a_name_and_no_address() throws GigyaException {
        var rule = new AddressRule(false, OMIT);
        var known = FakeAddresses.havingLoginIds("ANN@example.com");

        assertThat(rule.username(Optional.of(ADDRESS), new Uid(UID), known).text())
                .isEqualTo(ADDRESS);
        assertThat(rule.email(Optional.of(ADDRESS), known)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "@ann", "ann@", "UID-1"})
    void a_name_that_is_no_address_is_nobody_elses_to_verify(String name) throws GigyaException {
        var gigya = mock(KnownAddresses.class);

        assertThat(new AddressRule(false, OMIT)
                        .username(Optional.of(name), new Uid(UID), gigya)
                        .text())
                .isEqualTo(name.toLowerCase(Locale.ROOT));
        verifyNoInteractions(gigya);
    }

    @Test
    void a_uid_that_looks_like_an_address_is_the_sites_choice_and_stays_a_name() throws GigyaException {
        var gigya = mock(KnownAddresses.class);

        assertThat(new AddressRule(false, OMIT)
                        .username(Optional.empty(), new Uid("Ann@example.com"), gigya)
                        .text())
                .isEqualTo(ADDRESS);
        verifyNoInteractions(gigya);
    }

    @Test
    void nobody_is_asked_where_addresses_are_trusted() throws GigyaException {
        var gigya = mock(KnownAddresses.class);
        var rule = new AddressRule(true, OMIT);

        rule.email(Optional.of(ADDRESS), gigya);
        rule.username(Optional.of(ADDRESS), new Uid(UID), gigya);

        verifyNoInteractions(gigya);
    }

    @Test
    void where_gigya_does_not_say_nothing_is_decided() throws GigyaException {
        var gigya = mock(KnownAddresses.class);
        when(gigya.isVerified(ADDRESS)).thenThrow(GigyaException.unavailable("down"));

        assertThatThrownBy(() -> new AddressRule(false, OMIT).email(Optional.of(ADDRESS), gigya))
                .isInstanceOf(GigyaException.class);
        assertThatThrownBy(() -> new AddressRule(false, OMIT).username(Optional.of(ADDRESS), new Uid(UID), gigya))
                .isInstanceOf(GigyaException.class);
    }

    @ParameterizedTest
    @CsvSource({"Ann@Example.com, true", "eve@example.com, false"})
    void what_a_user_holds_is_known_without_asking_and_nothing_else(String address, boolean isHeld)
            throws GigyaException {
        var gigya = mock(KnownAddresses.class);
        var held = new HeldAddress(ADDRESS, true, gigya);

        assertThat(held.isVerified(address)).isEqualTo(isHeld);
        assertThat(new HeldAddress(ADDRESS, false, FakeAddresses.havingVerified(ADDRESS)).isVerified(ADDRESS))
                .isFalse();
    }

    @Test
    void who_holds_an_address_signs_in_by_what_gigya_knows() throws GigyaException {
        var held = new HeldAddress(ADDRESS, true, FakeAddresses.havingLoginIds("ann"));

        assertThat(held.isLoginId("ann")).isTrue();
        assertThat(held.isLoginId(ADDRESS)).isFalse();
    }

    @Test
    void whatever_is_logged_by_mistake_shows_no_address() throws GigyaException {
        var email = new AddressRule(false, STORE).email(Optional.of(ADDRESS), NOBODYS);

        assertThat(email.orElseThrow().toString()).doesNotContain("ann");
        assertThat(new HeldAddress(ADDRESS, true, NOBODYS).toString()).doesNotContain("ann");
    }
}
