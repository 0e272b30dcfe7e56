package io.github.keycloakgigya.federation.release;

import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.release.JpaReleaseBatch.JpaReleasePages;
import io.github.keycloakgigya.federation.release.ReleaseResult.RejoinResult;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/**
 * Releases users from a federation, and has them join again. It takes batches, each in a transaction of its own: what was
 * done stays done where a later one fails, and doing it again does the rest.
 *
 * @param sessions opens sessions of its own
 * @param settings how the federation is configured
 */
public record Releases(KeycloakSessionFactory sessions, String realmId, String componentId, StorageSettings settings) {

    private static final Logger LOG = Logger.getLogger(Releases.class);

    // As many as a sync writes at once.
    private static final int BATCH = 500;

    private interface Pages {
        List<String> after(JpaReleasePages pages, String id, int most);
    }

    /**
     * {@return the releases of a federation}
     *
     * @throws SettingsException naming the first setting that can't be used
     */
    public static Releases of(KeycloakSession session, RealmModel realm, ComponentModel component)
            throws SettingsException {
        return new Releases(
                session.getKeycloakSessionFactory(),
                realm.getId(),
                component.getId(),
                StorageSettings.of(session, component));
    }

    /** {@return how many of these users could not sign in without Gigya} */
    public long unable(Whom whom) {
        var unable = new AtomicReference<>(0L);
        each(whom, JpaReleasePages::linked, ids -> {
            long more = inTransaction(federation -> new JpaReleaseBatch(federation).unable(ids));
            unable.updateAndGet(before -> before + more);
        });
        return unable.get();
    }

    /**
     * Has users leave. Everything that Keycloak knows of them stays as it is, their sessions included.
     *
     * @param forced how many are released at most who could not sign in without Gigya
     * @param soFar told what has become of users each time that more of them have left for good
     */
    public ReleaseResult release(Whom whom, long forced, Consumer<ReleaseResult> soFar) {
        var result = new AtomicReference<>(ReleaseResult.NOTHING);
        each(whom, JpaReleasePages::linked, ids -> {
            var left = forced - result.get().forced();
            var more = inTransaction(federation -> new JpaReleaseBatch(federation).release(ids, left));
            soFar.accept(result.updateAndGet(more::plus));
        });
        LOG.infof(
                "%d users have left the user federation %s, %d could not sign in without Gigya and stay",
                result.get().released(), componentId, result.get().unable());
        return result.get();
    }

    /**
     * Has users who left the federation stand for their accounts again.
     *
     * @param soFar told what has become of users each time that more of them have joined for good
     */
    public RejoinResult rejoin(Whom whom, Consumer<RejoinResult> soFar) {
        var result = new AtomicReference<>(RejoinResult.NOTHING);
        each(whom, JpaReleasePages::released, ids -> {
            var more = inTransaction(federation -> new JpaReleaseBatch(federation).rejoin(ids));
            soFar.accept(result.updateAndGet(more::plus));
        });
        LOG.infof(
                "%d users belong to the user federation %s again, the accounts of %d have other users",
                result.get().rejoined(), componentId, result.get().conflicts());
        return result.get();
    }

    private void each(Whom whom, Pages pages, Consumer<List<String>> work) {
        if (whom instanceof Whom.Named named) {
            for (var from = 0; from < named.ids().size(); from += BATCH) {
                work.accept(named.ids()
                        .subList(from, Math.min(from + BATCH, named.ids().size())));
            }
            return;
        }
        BiFunction<String, Integer, List<String>> behind =
                whom instanceof Whom.Listed listed ? listed.behind() : (id, most) -> page(pages, id, most);
        for (var ids = behind.apply("", BATCH); !ids.isEmpty(); ids = behind.apply(ids.get(ids.size() - 1), BATCH)) {
            work.accept(ids);
        }
    }

    private List<String> page(Pages pages, String id, int most) {
        return inTransaction(federation -> pages.after(new JpaReleasePages(federation), id, most));
    }

    private <T> T inTransaction(Function<Federation, T> work) {
        return Federation.inTransaction(sessions, realmId, componentId, settings, work);
    }

    /** Leaves the settings out, which hold the secret. */
    @Override
    public String toString() {
        return "Releases[" + componentId + "]";
    }

    /** Which users are released, or join again. */
    public sealed interface Whom {

        /** These, by their ids. */
        record Named(List<String> ids) implements Whom {

            public Named {
                ids = ids.stream().distinct().toList();
            }
        }

        /** All whom the federation has, or has released. */
        record All() implements Whom {}

        /**
         * Those whom somebody else lists, in the order of their ids.
         *
         * @param behind answers those behind an id, at most so many; none after the last
         */
        record Listed(BiFunction<String, Integer, List<String>> behind) implements Whom {}
    }
}
