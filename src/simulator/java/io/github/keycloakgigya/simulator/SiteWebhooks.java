package io.github.keycloakgigya.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** The webhooks of a site, what they deliver, and orders to send what no site would. Thread-safe. */
public final class SiteWebhooks {

    private static final int KEPT = 10_000;

    private final Site site;
    private final SigningKeys keys;
    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final Map<String, WebhookSender> byName = new TreeMap<>();
    private final Deque<WebhookDelivery> deliveries = new ArrayDeque<>();
    private volatile UnaryOperator<URI> way = UnaryOperator.identity();

    SiteWebhooks(Site site, SigningKeys keys, HttpClient http, ScheduledExecutorService timer) {
        this.site = site;
        this.keys = keys;
        this.http = http;
        this.timer = timer;
        site.accounts().watch(event -> senders().forEach(sender -> sender.add(event)));
    }

    private synchronized List<WebhookSender> senders() {
        return List.copyOf(byName.values());
    }

    /** Defines a webhook, or changes the one of this name; any address will do, which is not so for the API. */
    public synchronized void set(Webhook hook) {
        var sender = byName.get(hook.name());
        if (sender == null) {
            byName.put(
                    hook.name(),
                    new WebhookSender(hook, http, timer, this::message, url -> way.apply(url), this::keep));
        } else {
            sender.change(hook);
        }
    }

    /** Has messages sent to other addresses than webhooks name, where those can't be reached from here. */
    public void sendBy(UnaryOperator<URI> other) {
        way = other;
    }

    /** Removes a webhook with all that it has not delivered, and tells whether it was there. */
    public synchronized boolean delete(String name) {
        var sender = Optional.ofNullable(byName.remove(name));
        sender.ifPresent(WebhookSender::end);
        return sender.isPresent();
    }

    /** {@return the webhooks, by name} */
    public List<Webhook> all() {
        return senders().stream().map(WebhookSender::hook).toList();
    }

    /** {@return the webhook of this name} */
    public Optional<Webhook> named(String name) {
        return all().stream().filter(hook -> hook.name().equals(name)).findFirst();
    }

    Optional<Webhook> at(URI url) {
        return all().stream().filter(hook -> hook.url().equals(url)).findFirst();
    }

    /** {@return whether everything that happened is delivered} */
    public boolean isIdle() {
        return senders().stream().allMatch(WebhookSender::isIdle);
    }

    /** {@return the latest ten thousand tries to deliver a message, oldest first} */
    public List<WebhookDelivery> deliveries() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    private void keep(WebhookDelivery delivery) {
        synchronized (deliveries) {
            deliveries.addLast(delivery);
            if (deliveries.size() > KEPT) {
                deliveries.removeFirst();
            }
        }
    }

    /** {@return the builder of a message of this site, which nothing has happened for} */
    public WebhookMessageBuilder message() {
        return new WebhookMessageBuilder(site, keys.current());
    }

    private WebhookMessageBuilder message(List<AccountEvent> events) {
        var builder = message();
        events.forEach(event -> builder.event(event.type().id(), event.uid(), event.newUid(), event.at()));
        return builder;
    }
}
