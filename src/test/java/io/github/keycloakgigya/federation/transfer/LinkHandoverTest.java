package io.github.keycloakgigya.federation.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.transfer.WaitingLinks.WaitingLink;
import io.github.keycloakgigya.inmemory.InMemoryUser;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;

/** What becomes of identities that wait, as their user leaves and comes back. */
class LinkHandoverTest {

    private static final WaitingLink WAITING = new WaitingLink("facebook", "id of facebook", "fb-ann");

    private final Shop shop = Shop.federated(Map.of());
    private IdentityProviderModel facebook;
    private InMemoryUser ann;

    @BeforeEach
    void an_identity_waits() {
        facebook = new IdentityProviderModel();
        facebook.setInternalId("id of facebook");
        facebook.setAlias("facebook");
        facebook.setProviderId("facebook");
        facebook.setEnabled(true);
        shop.keycloak().identityProviders().create(facebook);
        ann = shop.keycloak().addUser("id-ann", "ann");
        WaitingLinks.WAITING.put(List.of(WAITING), ann);
    }

    @Test
    void an_identity_that_waits_links_nobody() {
        assertThat(links()).isEmpty();
        assertThat(wouldSignIn()).isTrue();
    }

    @Test
    void the_release_makes_it_a_link() {
        handover().release(ann);

        assertThat(links()).singleElement().satisfies(link -> {
            assertThat(link.getIdentityProvider()).isEqualTo("facebook");
            assertThat(link.getUserId()).isEqualTo("fb-ann");
        });
        assertThat(WaitingLinks.WAITING.of(ann)).isEmpty();
    }

    @Test
    void a_link_that_the_release_made_waits_again_when_the_user_comes_back() {
        handover().release(ann);

        handover().rejoin(ann);

        assertThat(links()).isEmpty();
        assertThat(WaitingLinks.WAITING.of(ann)).containsExactly(WAITING);
        handover().release(ann);
        assertThat(links()).hasSize(1);
    }

    @Test
    void what_waits_for_somebody_whom_keycloak_itself_cut_off_waits_on() {
        handover().rejoin(ann);

        assertThat(WaitingLinks.WAITING.of(ann)).containsExactly(WAITING);
        assertThat(links()).isEmpty();
    }

    @Test
    void who_comes_back_keeps_links_that_no_release_made() {
        shop.keycloak().link(ann, "google", "g-ann");
        WaitingLinks.WAITING.put(List.of(), ann);
        handover().release(ann);
        shop.keycloak().link(ann, "facebook", "fb-ann");

        handover().rejoin(ann);

        assertThat(links()).hasSize(2);
        assertThat(WaitingLinks.WAITING.of(ann)).isEmpty();
    }

    @Test
    void a_link_that_its_user_has_removed_or_replaced_since_does_not_come_back() {
        handover().release(ann);
        shop.keycloak().users().removeFederatedIdentity(shop.realm(), ann, "facebook");
        shop.keycloak().link(ann, "facebook", "fb-second");

        handover().rejoin(ann);

        assertThat(links())
                .singleElement()
                .satisfies(link -> assertThat(link.getUserId()).isEqualTo("fb-second"));
        assertThat(WaitingLinks.WAITING.of(ann)).isEmpty();
        assertThat(WaitingLinks.MADE.of(ann)).isEmpty();
    }

    @Test
    void an_identity_that_is_another_users_link_by_now_stays_with_that_one() {
        shop.keycloak().link(shop.keycloak().addUser("id-bob", "bob"), "facebook", "fb-ann");
        assertThat(wouldSignIn()).isFalse();

        handover().release(ann);

        assertThat(links()).isEmpty();
        assertThat(WaitingLinks.WAITING.of(ann)).isEmpty();
        assertThat(WaitingLinks.MADE.of(ann)).isEmpty();
    }

    @Test
    void a_user_who_is_linked_to_another_identity_of_the_provider_by_now_keeps_that() {
        shop.keycloak().link(ann, "facebook", "fb-second");

        handover().release(ann);

        assertThat(links())
                .singleElement()
                .satisfies(link -> assertThat(link.getUserId()).isEqualTo("fb-second"));
    }

    @Test
    void a_provider_that_is_switched_off_by_now_gets_no_link() {
        facebook.setEnabled(false);
        assertThat(wouldSignIn()).isFalse();

        handover().release(ann);

        assertThat(links()).isEmpty();
    }

    @Test
    void another_provider_that_has_the_alias_by_now_gets_no_link() {
        facebook.setInternalId("id of another");
        assertThat(wouldSignIn()).isFalse();

        handover().release(ann);

        assertThat(links()).isEmpty();
    }

    @Test
    void a_provider_that_leads_to_gigya_by_now_gets_no_link() {
        facebook.setProviderId("gigya");

        handover().release(ann);

        assertThat(links()).isEmpty();
    }

    @Test
    void who_the_person_is_elsewhere_stands_in_nothing_that_is_shown() {
        var stored = waiting();

        assertThat(stored.getCredentialData()).isEqualTo("{}");
        assertThat(stored.getUserLabel()).isNull();
        assertThat(WAITING).hasToString("WaitingLink[facebook]");
    }

    @Test
    void what_cannot_be_read_is_nobodys_identity() {
        assertThat(handover().wouldSignIn("no JSON")).isFalse();
        assertThat(handover().wouldSignIn("[{\"alias\":\"facebook\"}]")).isFalse();
        assertThat(handover().wouldSignIn(null)).isFalse();
    }

    private boolean wouldSignIn() {
        return handover().wouldSignIn(waiting().getSecretData());
    }

    private CredentialModel waiting() {
        return ann.credentialManager()
                .getStoredCredentialsByTypeStream(LinkHandover.waitingType())
                .findFirst()
                .orElseThrow();
    }

    private List<FederatedIdentityModel> links() {
        return shop.keycloak()
                .users()
                .getFederatedIdentitiesStream(shop.realm(), ann)
                .toList();
    }

    private LinkHandover handover() {
        try {
            var federation =
                    Federation.of(shop.session(), shop.realm(), shop.realm().getComponent(Shop.FEDERATION));
            return new LinkHandover(federation, new SignInProviders(federation));
        } catch (SettingsException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
