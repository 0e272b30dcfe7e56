package io.github.keycloakgigya.simulator;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The webhooks of all sites, by API key, and what they share. */
final class Webhooks {

    private final Map<String, SiteWebhooks> bySite = new ConcurrentHashMap<>();
    private final SigningKeys keys;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "simulated-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Webhooks(SigningKeys keys) {
        this.keys = keys;
    }

    SiteWebhooks of(Site site) {
        return bySite.computeIfAbsent(site.apiKey(), key -> new SiteWebhooks(site, keys, http, timer));
    }

    void close() {
        timer.shutdownNow();
    }
}
