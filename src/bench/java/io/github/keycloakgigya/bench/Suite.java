package io.github.keycloakgigya.bench;

/** Benchmarks that share servers, run one after the other. */
interface Suite {

    /** {@return what {@code -Dbench.only} calls it} */
    String name();

    /** Measures everything, and tells the results as they come. */
    void run(Results results);
}
