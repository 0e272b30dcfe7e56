package io.github.keycloakgigya.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Brings the events of one webhook to its address: at least once, in the order of each UID. Whatever is not answered by 2xx
 * is sent again, with the same bytes and the same token: whether the real one signs anew is not known. Thread-safe.
 */
final class WebhookSender {

    // Whether the real service waits for more events is not known; "near real time" is what it promises.
    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MESSAGES_AT_ONCE = 4;
    private static final int PLAIN_BYTES = 4096;

    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final Function<List<AccountEvent>, WebhookMessageBuilder> messages;
    private final UnaryOperator<URI> way;
    private final Consumer<WebhookDelivery> record;
    private final Deque<AccountEvent> waiting = new ArrayDeque<>();
    private final Set<String> underWay = new HashSet<>();
    private Webhook hook;
    private int messagesUnderWay;
    private boolean ended;

    WebhookSender(
            Webhook hook,
            HttpClient http,
            ScheduledExecutorService timer,
            Function<List<AccountEvent>, WebhookMessageBuilder> messages,
            UnaryOperator<URI> way,
            Consumer<WebhookDelivery> record) {
        this.hook = hook;
        this.http = http;
        this.timer = timer;
        this.messages = messages;
        this.way = way;
        this.record = record;
    }

    synchronized Webhook hook() {
        return hook;
    }

    synchronized void change(Webhook changed) {
        hook = changed;
    }

    /** Forgets what was not delivered. */
    synchronized void end() {
        ended = true;
        waiting.clear();
    }

    synchronized boolean isIdle() {
        return waiting.isEmpty() && messagesUnderWay == 0;
    }

    synchronized void add(AccountEvent event) {
        if (hook.active() && hook.events().contains(event.type().id())) {
            waiting.add(event);
            later(GATHERING, this::sendNext);
        }
    }

    private synchronized void sendNext() {
        while (messagesUnderWay < MESSAGES_AT_ONCE) {
            var events = next();
            if (events.isEmpty()) {
                return;
            }
            messagesUnderWay++;
            send(new Attempt(message(events), events, 1), hook.url());
        }
    }

    /** Takes the oldest events, but none whose person has an older one under way. */
    private List<AccountEvent> next() {
        var taken = new ArrayList<AccountEvent>();
        var passed = new HashSet<>(underWay);
        for (var events = waiting.iterator(); events.hasNext() && taken.size() < hook.eventsPerMessage(); ) {
            var event = events.next();
            if (people(event).stream().noneMatch(passed::contains)) {
                taken.add(event);
                events.remove();
            } else {
                passed.addAll(people(event));
            }
        }
        taken.forEach(event -> underWay.addAll(people(event)));
        return taken;
    }

    private static Set<String> people(AccountEvent event) {
        return event.newUid()
                .map(newUid -> Set.copyOf(List.of(event.uid(), newUid)))
                .orElse(Set.of(event.uid()));
    }

    private WebhookMessage message(List<AccountEvent> events) {
        var builder = messages.apply(events);
        hook.headers().forEach(builder::header);
        return hook.zips() && builder.build().body().length > PLAIN_BYTES
                ? builder.zipped().build()
                : builder.build();
    }

    private record Attempt(WebhookMessage message, List<AccountEvent> events, int count) {

        Attempt again() {
            return new Attempt(message, events, count + 1);
        }

        Duration pause() {
            var pause = Duration.ofMillis(250L << Math.min(count - 1, 10));
            return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }

    private void send(Attempt attempt, URI url) {
        http.sendAsync(attempt.message().to(way.apply(url)), HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? response.statusCode() : 0)
                .thenAccept(status -> answered(attempt, status));
    }

    private synchronized void answered(Attempt attempt, int status) {
        var events = attempt.events();
        var delivery = new WebhookDelivery(
                hook.name(),
                events.stream().map(event -> event.type().id()).toList(),
                events.stream().map(AccountEvent::uid).toList(),
                attempt.count(),
                status,
                Instant.now());
        record.accept(delivery);
        if (delivery.isTaken() || ended) {
            underWay.removeAll(
                    events.stream().flatMap(event -> people(event).stream()).collect(Collectors.toSet()));
            messagesUnderWay--;
            sendNext();
        } else {
            later(attempt.pause(), () -> sendAgain(attempt));
        }
    }

    private void sendAgain(Attempt attempt) {
        boolean wanted;
        URI url;
        synchronized (this) {
            wanted = !ended;
            url = hook.url();
        }
        if (wanted) {
            send(attempt.again(), url);
        }
    }

    private void later(Duration pause, Runnable work) {
        if (!timer.isShutdown()) {
            timer.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
