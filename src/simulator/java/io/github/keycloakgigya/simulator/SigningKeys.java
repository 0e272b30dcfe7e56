package io.github.keycloakgigya.simulator;

import java.util.List;

/** The keys of the simulated data center: the current one signs, the one before it is still published. */
final class SigningKeys {

    private volatile List<SigningKey> published = List.of(SigningKey.generate());

    SigningKey current() {
        return published.get(0);
    }

    /** {@return the current key first} */
    List<SigningKey> published() {
        return published;
    }

    synchronized void rotate() {
        published = List.of(SigningKey.generate(), published.get(0));
    }
}
