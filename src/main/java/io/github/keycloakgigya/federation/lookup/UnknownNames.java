package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.token.FetchBudgets;
import io.github.keycloakgigya.token.Fingerprint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Bounds what somebody costs who tries names that nobody has. Names and addresses that no account had a moment ago are
 * not asked for again and again; for others a federation asks Gigya 50 times at once, and then once a second. Names that
 * turn out to be a user's don't count, nor do those that were lately. Belongs to one node, holds hashes, and is safe for
 * many threads.
 */
public final class UnknownNames {

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Duration KNOWN_LIFE = Duration.ofDays(1);
    // As many people as Keycloak's default settings serve at once have to find room, also where none of them is known.
    private static final int AT_ONCE = 50;
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final RememberedNames unknown;
    private final RememberedNames known;
    private final FetchBudgets<String> budgets;
    private final FetchBudgets<String> warnings;

    /** Begins with none. */
    public UnknownNames(Clock clock) {
        this.unknown = new RememberedNames(LIFE, clock);
        this.known = new RememberedNames(KNOWN_LIFE, clock);
        this.budgets = new FetchBudgets<>(AT_ONCE, INTERVAL, clock);
        this.warnings = new FetchBudgets<>(1, BETWEEN_WARNINGS, clock);
    }

    /** {@return whether nobody had the name a moment ago} */
    boolean contains(Federation federation, String name) {
        return unknown.contains(key(federation, name));
    }

    /** Remembers that Gigya has just said that nobody has the name. */
    void add(Federation federation, String name) {
        var key = key(federation, name);
        unknown.add(key);
        known.remove(key);
    }

    /** Forgets a name, because somebody has it now. */
    void remove(Federation federation, String name) {
        unknown.remove(key(federation, name));
    }

    /** Remembers that a name led to a user, so that it does so while others try names that nobody has. */
    void addKnown(Federation federation, String name) {
        known.add(key(federation, name));
    }

    /** {@return whether a name led to a user within a day} */
    boolean isKnown(Federation federation, String name) {
        return known.contains(key(federation, name));
    }

    /** {@return whether Gigya may be asked for one more name that may be nobody's, which is then counted} */
    boolean take(Federation federation) {
        return budgets.take(federation.id());
    }

    /** Does not count a name after all. */
    void giveBack(Federation federation) {
        budgets.giveBack(federation.id());
    }

    /** {@return whether it is time to tell the log that names are not asked for} Once a minute at most. */
    boolean isToBeTold(Federation federation) {
        return warnings.take(federation.id());
    }

    private static String key(Federation federation, String name) {
        return Fingerprint.of(
                String.join("\0", federation.realm().getId(), federation.id(), settingsOf(federation), name));
    }

    // Another site, or another field that names are taken from, knows other names.
    private static String settingsOf(Federation federation) {
        var settings = federation.settings();
        return settings.site().site() + " " + settings.usernameField() + " " + settings.mappings();
    }

    /** Names that something was learnt of a while ago, at most 10,000: those that are to be forgotten first make room. */
    static final class RememberedNames {

        private static final int MOST = 10_000;

        private final Duration life;
        private final Clock clock;
        private final Map<String, Instant> ends = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
                return size() > MOST;
            }
        };

        RememberedNames(Duration life, Clock clock) {
            this.life = life;
            this.clock = clock;
        }

        synchronized boolean contains(String name) {
            var end = ends.get(name);
            if (end != null && !clock.instant().isBefore(end)) {
                ends.remove(name);
                return false;
            }
            return end != null;
        }

        synchronized void add(String name) {
            // The eldest is the one that ends first.
            ends.remove(name);
            ends.put(name, clock.instant().plus(life));
        }

        synchronized void remove(String name) {
            ends.remove(name);
        }
    }

    /**
     * Asks for names only as long as not too many of them turn out to be nobody's.
     *
     * @param federation that is asked
     * @param unknown what this node knows of names
     */
    record NameBudget(Federation federation, UnknownNames unknown) {

        private static final Logger LOG = Logger.getLogger(UnknownNames.class);

        /** Leads to accounts. */
        interface Question {
            List<SeenAccount> answer() throws GigyaException;
        }

        /** {@return the accounts that a question leads to; none where a name is nobody's, or is not asked for at the moment} */
        List<SeenAccount> within(ApiMethod method, String name, Question question) throws GigyaException {
            if (unknown.contains(federation, name)) {
                return List.of();
            }
            var asker = Asker.of(federation.session().getContext());
            var isCounted = asker.isCounted() && !unknown.isKnown(federation, name);
            if (isCounted && !unknown.take(federation)) {
                return withheld(method, name, asker);
            }
            var found = asked(name, question, isCounted);
            federation.seen().addNamed(name, found);
            if (found.isEmpty()) {
                unknown.add(federation, name);
            }
            return found;
        }

        private List<SeenAccount> asked(String name, Question question, boolean isCounted) throws GigyaException {
            try {
                var found = question.answer();
                if (isCounted) {
                    federation.seen().addCounted(name);
                }
                return found;
            } catch (GigyaException failed) {
                if (isCounted) {
                    unknown.giveBack(federation);
                }
                throw failed;
            }
        }

        /** Takes note that a name is a user's. */
        void known(String name) {
            unknown.addKnown(federation, name);
            if (federation.seen().removeCounted(name)) {
                unknown.giveBack(federation);
            }
        }

        private List<SeenAccount> withheld(ApiMethod method, String name, Asker asker) throws GigyaException {
            GigyaConnector.metersOf(federation.session()).calls().withheld(method);
            if (unknown.isToBeTold(federation)) {
                LOG.warnf(
                        "User federation %s is asked for many names that nobody has, and looks up one a second for now",
                        federation.id());
            }
            if (asker == Asker.VISITOR) {
                // Keycloak asks twice in a request, for an address and for a user name.
                federation.seen().addNamed(name, List.of());
                return List.of();
            }
            throw GigyaException.unavailable("too many names that nobody has were looked up a moment ago");
        }
    }
}
