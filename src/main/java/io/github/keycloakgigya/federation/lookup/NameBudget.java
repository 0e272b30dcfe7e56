package io.github.keycloakgigya.federation.lookup;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.Federation;
import io.github.keycloakgigya.federation.SeenAccounts.SeenAccount;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Asks for names only as long as not too many of them turn out to be nobody's.
 *
 * @param federation that is asked
 * @param unknown what this node knows of names
 */
record NameBudget(Federation federation, UnknownNames unknown) {

    private static final Logger LOG = Logger.getLogger(NameBudget.class);

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
