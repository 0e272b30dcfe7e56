package io.github.keycloakgigya.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.server.GigyaPage;
import io.github.keycloakgigya.server.Json;
import io.github.keycloakgigya.server.KeycloakServer;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import io.github.keycloakgigya.simulator.Site;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A place where Keycloak takes a proof of a sign-in at Gigya. */
public enum Door {
    /** The step "Gigya login" of a browser flow. */
    AUTHENTICATOR("step \"Gigya login\"", "GigyaAuthenticatorFactory", EnumSet.allOf(GoodProof.class)) {
        @Override
        public AttackedRealm open(KeycloakServer keycloak, GigyaSimulator simulator, Site site, GoodProof proof) {
            var realm = GigyaRealm.create(keycloak, simulator, site, Map.of(), withNeighbour(SETTINGS.get(proof)));
            var neighbour = simulator.addSite(Site.builder());
            realm.addFederation("neighbour", neighbour);
            return AttackedRealm.of(this, realm, proof, realm::visit).beside(neighbour);
        }

        @Override
        void hasRefused(Attempt attempt, Refusal refusal) {
            var answer = attempt.answer();
            assertThat(answer.text()).contains(refusal.message());
            // Without settings that can be used there is no page to try again on.
            if (answer.status() != 500 || refusal != Refusal.GIGYA_MISCONFIGURED) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(GigyaPage.of(answer).settings())
                        .as("an open Gigya session is not picked up again by itself")
                        .containsEntry("auto", "false");
            }
            eventsOf(attempt).tellOnly(refusal);
        }

        @Override
        public void setEnabled(GigyaRealm realm, boolean enabled) {
            realm.setFederation("enabled", Boolean.toString(enabled));
        }
    },
    /** The endpoint of the identity provider. */
    IDENTITY_PROVIDER("identity provider", "GigyaIdentityProviderFactory", EnumSet.allOf(GoodProof.class)) {
        @Override
        public AttackedRealm open(KeycloakServer keycloak, GigyaSimulator simulator, Site site, GoodProof proof) {
            var settings = new HashMap<>(SETTINGS.get(proof));
            settings.putAll(FORCED);
            var brokered = BrokeredRealm.create(keycloak, simulator, site, settings, same -> {});
            var neighbour = simulator.addSite(Site.builder());
            brokered.addProvider("neighbour", neighbour, settings);
            brokered.addProvider(BrokeredRealm.TWIN, site, settings);
            return AttackedRealm.of(this, brokered.realm(), proof, brokered::visit)
                    .beside(neighbour);
        }

        @Override
        void hasRefused(Attempt attempt, Refusal refusal) {
            var answer = attempt.answer();
            assertThat(answer.text()).contains(refusal.message());
            assertThat(answer.status()).isEqualTo(200);
            // Two tabs that come back at once have one signature: the page asks Gigya again by itself, once.
            var asksAgain = refusal == Refusal.PROOF_REPLAYED
                    && attempt.posted().encoded().contains("UIDSignature=");
            assertThat(answer.has(asksAgain ? "form#gigya-proof" : "form#kc-form-login"))
                    .as("the page that asks again, or the login page, where another way can be chosen")
                    .isTrue();
            eventsOf(attempt).tellOnly(refusal, "IDENTITY_PROVIDER_LOGIN_ERROR");
        }

        @Override
        Map<String, String> chosenBy() {
            return Map.of("kc_idp_hint", BrokeredRealm.ALIAS);
        }
    },
    /** The step "Gigya direct grant", at the token endpoint. */
    DIRECT_GRANT("direct grant", "GigyaDirectGrantFactory", EnumSet.allOf(GoodProof.class)) {
        @Override
        public AttackedRealm open(KeycloakServer keycloak, GigyaSimulator simulator, Site site, GoodProof proof) {
            var step = proof == GoodProof.SIGNED_UID ? SETTINGS.get(proof) : Map.<String, String>of();
            var apps = AppRealm.create(keycloak, simulator, site, Map.of(), withNeighbour(step));
            var neighbour = simulator.addSite(Site.builder());
            apps.realm().addFederation("neighbour", neighbour);
            return AttackedRealm.of(this, apps.realm(), proof, apps::app).beside(neighbour);
        }

        @Override
        void hasRefused(Attempt attempt, Refusal refusal) {
            new AppAnswer(attempt.answer()).tells(refusal);
            eventsOf(attempt).tellOnly(refusal);
        }

        @Override
        public void setEnabled(GigyaRealm realm, boolean enabled) {
            realm.setFederation("enabled", Boolean.toString(enabled));
        }
    },
    /** External token exchange, at the token endpoint. */
    TOKEN_EXCHANGE(
            "token exchange",
            "GigyaIdentityProviderFactory",
            EnumSet.of(GoodProof.BOUND_TOKEN, GoodProof.SIGN_IN_TOKEN)) {
        @Override
        public AttackedRealm open(KeycloakServer keycloak, GigyaSimulator simulator, Site site, GoodProof proof) {
            var apps = BrokeredApps.create(keycloak, simulator, site, TokenDoor.TOKEN_EXCHANGE, FORCED);
            var neighbour = simulator.addSite(Site.builder());
            apps.brokered().addProvider("neighbour", neighbour, FORCED);
            apps.allowExchange("neighbour");
            return AttackedRealm.of(this, apps.realm(), proof, apps::app).beside(neighbour);
        }

        @Override
        void hasRefused(Attempt attempt, Refusal refusal) {
            TokenDoor.TOKEN_EXCHANGE.hasRefused(attempt.ofApp(), refusal);
        }
    },
    /** The JWT authorization grant, at the token endpoint. */
    JWT_AUTHORIZATION_GRANT(
            "JWT authorization grant", "GigyaIdentityProviderFactory", EnumSet.of(GoodProof.BOUND_TOKEN)) {
        @Override
        public AttackedRealm open(KeycloakServer keycloak, GigyaSimulator simulator, Site site, GoodProof proof) {
            var apps = BrokeredApps.create(keycloak, simulator, site, TokenDoor.JWT_AUTHORIZATION_GRANT, FORCED);
            var neighbour = simulator.addSite(Site.builder());
            apps.brokered().addProvider("neighbour", neighbour, FORCED);
            return AttackedRealm.of(this, apps.realm(), proof, apps::app, apps.brokered()::visit)
                    .beside(neighbour);
        }

        // Keycloak looks at an assertion itself before it asks the provider.
        @Override
        void hasRefused(Attempt attempt, Refusal refusal) {
            if (refusal == Refusal.PROOF_INVALID || refusal == Refusal.PROOF_EXPIRED) {
                assertThat(Json.parse(attempt.answer().body()).path("error").asText())
                        .isEqualTo("invalid_grant");
                assertThat(attempt.events()).hasSize(1);
            } else {
                TokenDoor.JWT_AUTHORIZATION_GRANT.hasRefused(attempt.ofApp(), refusal);
            }
        }
    };

    // The mode in which a sign-in writes most.
    private static final Map<String, String> FORCED = Map.of("syncMode", "FORCE");

    private static final Map<GoodProof, Map<String, String>> SETTINGS = Map.of(
            GoodProof.BOUND_TOKEN, Map.of(),
            GoodProof.SIGN_IN_TOKEN, Map.of("bindProofToSession", "false"),
            GoodProof.SIGNED_UID, Map.of("loginProof", "uidSignature"));

    private final String title;
    private final String factory;
    private final Set<GoodProof> proofs;

    Door(String title, String factory, Set<GoodProof> proofs) {
        this.title = title;
        this.factory = factory;
        this.proofs = proofs;
    }

    /** {@return a realm whose door takes such proofs, with a victim who came in before} */
    public abstract AttackedRealm open(KeycloakServer keycloak, GigyaSimulator simulator, Site site, GoodProof proof);

    /** Asserts that the answer, and one event, say why an attempt was refused. */
    abstract void hasRefused(Attempt attempt, Refusal refusal);

    /** Switches the user federation or the identity provider behind the door on or off. */
    public void setEnabled(GigyaRealm realm, boolean enabled) {
        BrokeredRealm.at(realm).configure(Map.of("$enabled", Boolean.toString(enabled)));
    }

    private static AttemptEvents eventsOf(Attempt attempt) {
        return new AttemptEvents(attempt.posted(), attempt.events());
    }

    private static Map<String, String> withNeighbour(Map<String, String> step) {
        var settings = new HashMap<>(step);
        settings.put("federationProvider", "gigya");
        return settings;
    }

    /** {@return what documents call the door} */
    public String title() {
        return title;
    }

    /** {@return the simple name of the factory of the provider} */
    public String factory() {
        return factory;
    }

    /** {@return what the door takes, by its settings} */
    public Set<GoodProof> proofs() {
        return proofs;
    }

    /** {@return the parameters of an authorization request that choose the door} */
    Map<String, String> chosenBy() {
        return Map.of();
    }

    /** {@return a client that may not use the door, where apps do} */
    public String stranger() {
        return isOfProvider() ? BrokeredApps.STRANGER : "website";
    }

    /** {@return whether the identity provider is behind the door} */
    public boolean isOfProvider() {
        return factory.equals("GigyaIdentityProviderFactory");
    }

    /** {@return whether a browser shows a page there, in a login of its own} */
    public boolean hasPage() {
        return this == AUTHENTICATOR || this == IDENTITY_PROVIDER;
    }
}
