package io.github.keycloakgigya.federation.release;

import java.util.List;

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
}
