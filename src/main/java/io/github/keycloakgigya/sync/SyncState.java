package io.github.keycloakgigya.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What all nodes know about the syncs of a federation, or about other long work of the same kind.
 *
 * @param owner names the sync that runs; empty where none does
 * @param node where it runs, as {@link ClusterView} names nodes; empty where that is in no cluster
 * @param seen when the owner was last alive, by its node's clock
 * @param site the site whose accounts the watermark speaks of; empty where there is no watermark
 * @param watermark everything that changed up to then, by Gigya's clock, is written; empty where nothing is known
 * @param memo what the work keeps besides, for itself alone; empty where that is nothing, as it always is of a sync
 */
public record SyncState(
        String owner, String node, Instant seen, String site, Optional<Instant> watermark, String memo) {

    static final SyncState NEW = new SyncState("", "", Instant.EPOCH, "", Optional.empty(), "");

    /** How long a sync is taken to run without a sign of life. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * The same where its node has left the cluster's view. A node that only the other nodes can't reach works on and shows
     * signs of life in the database.
     */
    static final Duration PATIENCE_WITH_LOST = Duration.ofSeconds(20);

    private static final JsonMapper JSON = new JsonMapper();

    public SyncState {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(seen, "seen");
        Objects.requireNonNull(site, "site");
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(memo, "memo");
    }

    /** {@return whether a sync runs} A sign of life from the far future is one of a clock that was wrong. */
    public boolean isOwnedAt(Instant now, ClusterView cluster) {
        var patience = cluster.hasLost(node) ? PATIENCE_WITH_LOST : PATIENCE;
        return !owner.isEmpty() && Duration.between(seen, now).abs().compareTo(patience) < 0;
    }

    boolean isOwnedBy(String sync) {
        return owner.equals(sync);
    }

    SyncState ownedBy(String sync, String atNode, Instant now) {
        return new SyncState(sync, atNode, now, site, watermark, memo);
    }

    SyncState released() {
        return new SyncState("", "", seen, site, watermark, memo);
    }

    /** {@return the same state with another watermark, of a site} */
    public SyncState withWatermark(String ofSite, Instant instant) {
        return new SyncState(owner, node, seen, ofSite, Optional.of(instant), memo);
    }

    /** {@return the same state without a watermark, so that work begins at the beginning} */
    public SyncState fromTheBeginning() {
        return new SyncState(owner, node, seen, "", Optional.empty(), memo);
    }

    /** {@return the same state with another memo} */
    public SyncState withMemo(String text) {
        return new SyncState(owner, node, seen, site, watermark, text);
    }

    /** {@return the watermark, where it is one of this site} */
    Optional<Instant> watermarkOf(String ofSite) {
        return site.equals(ofSite) ? watermark : Optional.empty();
    }

    /** {@return the state as it is stored, shorter than 255 characters without a memo} */
    String text() {
        var json = JSON.createObjectNode();
        json.put("owner", owner);
        json.put("node", node);
        json.put("seen", seen.toEpochMilli());
        json.put("site", site);
        watermark.ifPresent(instant -> json.put("watermark", instant.toEpochMilli()));
        if (!memo.isEmpty()) {
            json.put("memo", memo);
        }
        return json.toString();
    }

    /** {@return the stored state; a new one where the text is none, so that a sync begins at the beginning} */
    static SyncState parse(String text) {
        try {
            var json = JSON.readTree(text);
            return new SyncState(
                    json.path("owner").asText(""),
                    json.path("node").asText(""),
                    Instant.ofEpochMilli(json.path("seen").asLong()),
                    json.path("site").asText(""),
                    json.path("watermark").canConvertToLong()
                            ? Optional.of(
                                    Instant.ofEpochMilli(json.path("watermark").asLong()))
                            : Optional.empty(),
                    json.path("memo").asText(""));
        } catch (JsonProcessingException unreadable) {
            return NEW;
        }
    }
}
