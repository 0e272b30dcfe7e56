package io.github.keycloakgigya.simulator;

import java.util.List;

/** The keys of the simulated data center: the current one signs, the one before it is still published. */
final class SigningKeys {

    // Made when first asked for: many simulators never sign.
    private List<SigningKey> published = List.of();

    SigningKey current() {
        return published().get(0);
    }

    /** {@return the current key first} */
    synchronized List<SigningKey> published() {
        if (published.isEmpty()) {
            published = List.of(SigningKey.generate());
        }
        return published;
    }

    synchronized void rotate() {
        published = List.of(SigningKey.generate(), current());
    }
}
