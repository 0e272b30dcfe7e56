package io.github.keycloakgigya.federation.release;

import java.util.List;
import java.util.function.BiFunction;

/** Which users are released, or join again. */
public sealed interface Whom {

    /** These, by their ids. */
    record Named(List<String> ids) implements Whom {

        public Named {
            ids = ids.stream().distinct().toList();
        }
    }

    /** All whom the federation has, or has released. */
    record All() implements Whom {}

    /**
     * Those whom somebody else lists, in the order of their ids.
     *
     * @param behind answers those behind an id, at most so many; none after the last
     */
    record Listed(BiFunction<String, Integer, List<String>> behind) implements Whom {}
}
