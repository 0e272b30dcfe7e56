package io.github.keycloakgigya.it.soak;

import java.util.Random;

/**
 * Something that is tried again and again in a soak.
 *
 * @param name what the page calls it
 * @param weight how often, in relation to the others
 * @param work one try
 */
record SoakDoor(String name, int weight, Work work) {

    /** One try. */
    interface Work {
        SoakAnswer attempt(Random random);
    }
}
