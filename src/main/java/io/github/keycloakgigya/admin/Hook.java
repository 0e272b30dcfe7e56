package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.Webhook;
import io.github.keycloakgigya.api.WebhookApi;
import java.util.List;
import java.util.Optional;

/**
 * The webhook of one user federation at Gigya: that which leads to its address, whatever its name is. One of the
 * federation's own name that leads elsewhere is somebody else's, a copy of this realm on another server say.
 *
 * @param wanted as it should be
 */
record Hook(WebhookApi api, Webhook wanted) {

    /** How the webhook at Gigya stands to what is wanted. */
    enum State {
        /** It is as it should be. */
        OK,
        /** There is none. */
        MISSING,
        /** It sends nothing. */
        INACTIVE,
        /** It tells of other events, or in another version of messages. */
        DIFFERENT,
        /** The webhook of the federation's name leads to another address. */
        ELSEWHERE
    }

    /** A webhook of the federation's name leads to another address. */
    static final class ElsewhereException extends Exception {

        private static final long serialVersionUID = 1;

        ElsewhereException(Webhook found) {
            super("The webhook " + found.name() + " of this site leads to another address, "
                    + HookUrl.shown(found.url()) + ". Remove it first if nobody needs it");
        }
    }

    /** What Gigya has. */
    record Found(State state, Optional<Webhook> webhook) {}

    Found look() throws GigyaException {
        var all = api.all();
        var found = first(all, true).or(() -> first(all, false));
        return new Found(found.map(this::stateOf).orElse(State.MISSING), found);
    }

    private Optional<Webhook> first(List<Webhook> all, boolean byUrl) {
        return all.stream()
                .filter(webhook -> byUrl
                        ? webhook.url().equals(wanted.url())
                        : webhook.name().equals(wanted.name()))
                .findFirst();
    }

    private State stateOf(Webhook found) {
        if (!found.url().equals(wanted.url())) {
            return State.ELSEWHERE;
        }
        if (!found.active()) {
            return State.INACTIVE;
        }
        boolean same = found.events().equals(wanted.events()) && found.version().equals(wanted.version());
        return same ? State.OK : State.DIFFERENT;
    }

    /** Makes the webhook, or corrects it where it is not as it should be, and tells whether anything was to be done. */
    boolean register() throws GigyaException, ElsewhereException {
        var found = own();
        if (found.state() == State.OK) {
            return false;
        }
        var name = found.webhook().map(Webhook::name).orElse(wanted.name());
        api.set(new Webhook(name, wanted.url(), wanted.events(), wanted.active(), wanted.version()));
        return true;
    }

    /** Removes the webhook, and tells whether there was one. */
    boolean remove() throws GigyaException, ElsewhereException {
        var found = own().webhook();
        if (found.isPresent()) {
            api.delete(found.get().name());
        }
        return found.isPresent();
    }

    private Found own() throws GigyaException, ElsewhereException {
        var found = look();
        if (found.state() == State.ELSEWHERE) {
            throw new ElsewhereException(found.webhook().orElseThrow());
        }
        return found;
    }
}
