package io.github.keycloakgigya.bench;

/** Benchmarks that share servers, run one after the other. */
interface Suite {

    /** Measures everything, and tells the results as they come. */
    void run(Results results);
}
