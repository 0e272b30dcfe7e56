package io.github.keycloakgigya.admin;

import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.WebhookApi;
import io.github.keycloakgigya.api.WebhookApi.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The webhook of one user federation at Gigya: that which leads to its own address, whatever its name is, and at an
 * address that an administrator names, that of its own name alone, since any system of the site may be there. One of the
 * federation's name that leads elsewhere is somebody else's, a copy of this realm on another server say.
 *
 * @param wanted as it should be
 * @param isOwnAddress whether it leads to the address that Keycloak itself gives the federation
 */
record Hook(WebhookApi api, Webhook wanted, boolean isOwnAddress) {

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
        ELSEWHERE,
        /** A webhook of another name leads to the address that was named. */
        FOREIGN
    }

    /** The webhook is not the federation's to change or to remove. */
    static final class NotOwnException extends Exception {

        private static final long serialVersionUID = 1;

        private NotOwnException(String message) {
            super(message);
        }

        static NotOwnException elsewhere(Webhook found) {
            return new NotOwnException("The webhook " + found.name() + " of this site leads to another address, "
                    + HookUrl.shown(found.url()) + ". Remove it first if nobody needs it");
        }

        static NotOwnException foreign(Webhook found) {
            return new NotOwnException("A webhook that is not this federation's, as its name says, leads to "
                    + HookUrl.shown(found.url()) + " already. Remove it in Gigya's console if nobody needs it");
        }
    }

    /** What Gigya has. */
    record Found(State state, Optional<Webhook> webhook) {}

    Found look() throws GigyaException {
        var all = api.all();
        var found = first(all, hook -> leadsHere(hook) && mayWrite(hook))
                .or(() -> first(all, this::hasName))
                .or(() -> first(all, this::leadsHere));
        return new Found(found.map(this::stateOf).orElse(State.MISSING), found);
    }

    private static Optional<Webhook> first(List<Webhook> all, Predicate<Webhook> which) {
        return all.stream().filter(which).findFirst();
    }

    private boolean mayWrite(Webhook hook) {
        return isOwnAddress || hasName(hook);
    }

    private boolean hasName(Webhook hook) {
        return hook.name().equals(wanted.name());
    }

    private boolean leadsHere(Webhook hook) {
        return hook.url().equals(wanted.url());
    }

    private State stateOf(Webhook found) {
        if (!leadsHere(found)) {
            return State.ELSEWHERE;
        }
        if (!mayWrite(found)) {
            return State.FOREIGN;
        }
        if (!found.active()) {
            return State.INACTIVE;
        }
        boolean same = found.events().equals(wanted.events()) && found.version().equals(wanted.version());
        return same ? State.OK : State.DIFFERENT;
    }

    /** Makes the webhook, or corrects it where it is not as it should be, and tells whether anything was to be done. */
    boolean register() throws GigyaException, NotOwnException {
        var found = own();
        if (found.state() == State.OK) {
            return false;
        }
        var name = found.webhook().map(Webhook::name).orElse(wanted.name());
        api.set(new Webhook(name, wanted.url(), wanted.events(), wanted.active(), wanted.version()));
        return true;
    }

    /** Removes the webhook, and tells whether there was one. */
    boolean remove() throws GigyaException, NotOwnException {
        var found = own().webhook();
        if (found.isPresent()) {
            api.delete(found.get().name());
        }
        return found.isPresent();
    }

    private Found own() throws GigyaException, NotOwnException {
        var found = look();
        if (found.state() == State.ELSEWHERE) {
            throw NotOwnException.elsewhere(found.webhook().orElseThrow());
        }
        if (found.state() == State.FOREIGN) {
            throw NotOwnException.foreign(found.webhook().orElseThrow());
        }
        return found;
    }

    /**
     * Where Gigya is to send messages.
     *
     * @param uri by https; by http on this machine alone, for trials with a Gigya that runs here too
     */
    record HookUrl(URI uri) {

        private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

        /**
         * {@return the address that an administrator names, or that this realm has; empty where Gigya would not take
         * it}
         */
        static Optional<HookUrl> of(String text) {
            try {
                var uri = new URI(text);
                boolean near = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost());
                if (uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getFragment() == null
                        && (near || "https".equals(uri.getScheme()))) {
                    return Optional.of(new HookUrl(uri));
                }
            } catch (URISyntaxException malformed) {
                // Answered below, as any other address that nothing can be sent to.
            }
            return Optional.empty();
        }

        /**
         * {@return an address without what may be a secret in it: its query, and a name or password before the host}
         */
        static String shown(String url) {
            return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
        }
    }
}
