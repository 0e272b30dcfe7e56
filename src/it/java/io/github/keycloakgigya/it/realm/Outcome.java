package io.github.keycloakgigya.it.realm;

/** How an attack ends. */
public sealed interface Outcome permits Refusal, KeycloakRefusal, OwnUser {

    /** {@return the word for it in events and documents} */
    String code();

    /** Asserts that an attempt ended so. */
    Attempt of(Attempt attempt);
}
