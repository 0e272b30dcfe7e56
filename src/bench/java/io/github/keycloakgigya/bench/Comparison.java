package io.github.keycloakgigya.bench;

/**
 * Two ways to do the same work.
 *
 * @param name the benchmark's name in {@code results.json}
 * @param ours this project's figure
 * @param peer the other's figure
 * @param peerName who the other is
 * @param unit of both figures
 * @param ratio how many times better ours is; above 1 where it is better
 * @param target the ratio that this project promises
 */
record Comparison(String name, double ours, double peer, String peerName, String unit, double ratio, double target) {

    /** {@return a comparison in which the higher figure is the better one} */
    static Comparison ofRates(String name, double ours, double peer, String peerName, String unit, double target) {
        return new Comparison(name, ours, peer, peerName, unit, ours / peer, target);
    }

    /** {@return a comparison in which the lower figure is the better one} */
    static Comparison ofTimes(String name, double ours, double peer, String peerName, String unit, double target) {
        return new Comparison(name, ours, peer, peerName, unit, peer / ours, target);
    }
}
