package io.github.keycloakgigya.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/**
 * Where Gigya is to send messages.
 *
 * @param uri by https; by http on this machine alone, for trials with a Gigya that runs here too
 */
record HookUrl(URI uri) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** {@return the address that an administrator names, or that this realm has; empty where Gigya would not take it} */
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

    /** {@return an address without what may be a secret in it: its query, and a name or password before the host} */
    static String shown(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
    }
}
