package io.github.keycloakgigya.it;

/** How an attack ends. */
sealed interface Outcome permits Refusal, KeycloakRefusal, OwnUser {

    /** {@return the word for it in events and documents} */
    String code();

    /** Asserts that an attempt ended so. */
    Attempt of(Attempt attempt);
}
