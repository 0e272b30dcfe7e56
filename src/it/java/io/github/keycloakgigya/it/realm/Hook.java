package io.github.keycloakgigya.it.realm;

import static org.awaitility.Awaitility.await;

import io.github.keycloakgigya.simulator.SiteWebhooks;
import io.github.keycloakgigya.simulator.Webhook;
import io.github.keycloakgigya.simulator.WebhookMessage;
import io.github.keycloakgigya.simulator.WebhookMessageBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;

/** The webhook of a realm's federation, as the site sends to it. */
public final class Hook {

    private static final String[] EVENTS = {
        "accountCreated",
        "accountRegistered",
        "accountUpdated",
        "accountDeleted",
        "accountMerged",
        "accountUidChanged",
        "accountLoggedIn"
    };
    private static final Duration SOON = Duration.ofSeconds(5);

    private final GigyaRealm realm;
    private final SiteWebhooks webhooks;

    private Hook(GigyaRealm realm) {
        this.realm = realm;
        this.webhooks = realm.simulator().webhooks(realm.site());
    }

    /** {@return a hook that nothing is sent to but what a test sends itself} */
    public static Hook of(GigyaRealm realm) {
        return new Hook(realm);
    }

    /** {@return a hook that is told of whatever happens at the site} */
    public static Hook active(GigyaRealm realm) {
        var hook = new Hook(realm);
        hook.webhooks.set(Webhook.of("keycloak", hook.address(), EVENTS));
        return hook;
    }

    public URI address() {
        return address(realm.componentId());
    }

    public URI address(String componentId) {
        return URI.create(realm.address() + "/gigya/" + componentId + "/webhook");
    }

    /** {@return the builder of a message of the site} */
    public WebhookMessageBuilder message() {
        return webhooks.message();
    }

    /** {@return the status of the answer} */
    public int send(WebhookMessageBuilder message) {
        return send(message.build(), address());
    }

    public static int send(WebhookMessage message, URI address) {
        try {
            return message.sendTo(address);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Waits for what has to be so within five seconds. */
    public static void soon(ThrowingRunnable check) {
        await().atMost(SOON).untilAsserted(check);
    }
}
