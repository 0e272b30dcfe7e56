package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.inmemory.InMemoryGigya;
import io.github.keycloakgigya.inmemory.Shop;
import io.github.keycloakgigya.token.GigyaTokens;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A realm with a user federation that takes messages of Gigya. */
final class HookedShop {

    static final String SIGNATURE = "x-gigya-sig-jwt";

    private final Shop shop;
    private final HookNode node;

    HookedShop(Map<String, String> settings) {
        this(settings, Clock.systemUTC());
    }

    /** @param clock of the node */
    HookedShop(Map<String, String> settings, Clock clock) {
        this(settings, clock, Duration.ofMinutes(1));
    }

    /**
     * @param clock of the node
     * @param patience how long the node waits for a body
     */
    HookedShop(Map<String, String> settings, Clock clock, Duration patience) {
        this.node = new HookNode(clock, new InThisThread(), patience);
        var all = new HashMap<>(Map.of("webhooks", "true"));
        all.putAll(settings);
        this.shop = Shop.federated(all);
    }

    Shop shop() {
        return shop;
    }

    InMemoryGigya gigya() {
        return shop.gigya();
    }

    HookNode node() {
        return node;
    }

    HookStatus status() {
        return node.log(Shop.FEDERATION).status();
    }

    /** {@return the status of the answer to events that Gigya sends} */
    int send(String... events) {
        return send(Messages.of(events));
    }

    /** {@return the status of the answer to a body that Gigya sends} */
    int send(byte[] body) {
        return send(InMemoryGigya.messageToken(body), body);
    }

    int send(GigyaTokens token, byte[] body) {
        return answer(List.of(token.signed()), new ByteArrayInputStream(body)).getStatus();
    }

    /** {@return the answer to a request with these values of the signature's header} */
    Response answer(List<String> tokens, InputStream body) {
        return answer(Shop.FEDERATION, tokens, body);
    }

    Response answer(String id, List<String> tokens, InputStream body) {
        shop.keycloak().commit();
        shop.keycloak().context().setHeader(SIGNATURE, tokens);
        try {
            return new WebhookResource(shop.session(), node).receive(id, body);
        } catch (NotFoundException notFound) {
            return notFound.getResponse();
        } finally {
            shop.keycloak().commit();
        }
    }
}
