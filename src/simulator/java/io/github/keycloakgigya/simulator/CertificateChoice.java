package io.github.keycloakgigya.simulator;

/** Which certificate the server shows. */
enum CertificateChoice {
    /** Issued by the simulator's own authority. */
    TRUSTED,
    /** Issued by an authority that nobody was told of. */
    UNTRUSTED
}
