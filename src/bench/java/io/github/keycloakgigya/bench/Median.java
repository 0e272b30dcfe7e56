package io.github.keycloakgigya.bench;

import java.util.Collection;

/** The middle one of some figures. */
final class Median {

    private Median() {}

    /** {@return the mean of the two in the middle where their number is even} */
    static double of(Collection<Double> figures) {
        var sorted = figures.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
