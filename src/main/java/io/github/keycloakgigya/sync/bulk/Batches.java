package io.github.keycloakgigya.sync.bulk;

import java.util.List;
import java.util.stream.IntStream;

/** Work on many accounts or users, a batch of them at a time. */
public final class Batches {

    private Batches() {}

    /** {@return views of a list, one after the other, of which the last may be shorter; none of an empty list} */
    public static <T> List<List<T>> of(List<T> all, int most) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + most)
                .mapToObj(from -> all.subList(from, Math.min(from + most, all.size())))
                .toList();
    }
}
