package io.github.keycloakgigya.sync;

import io.github.keycloakgigya.api.Uid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * The UIDs that a sync has seen, in 8 bytes each. Two UIDs may be taken for one, though hardly ever: then a user stays
 * whose account is gone.
 */
public final class SeenUids {

    private long[] hashes = new long[1024];
    private int size;
    private boolean sorted = true;

    /** Takes note of an account. */
    public void add(Uid uid) {
        if (size == hashes.length) {
            sort();
            if (size > hashes.length / 2) {
                hashes = Arrays.copyOf(hashes, Math.multiplyExact(hashes.length, 2));
            }
        }
        hashes[size++] = hash(uid);
        sorted = false;
    }

    /** {@return whether an account was seen} */
    public boolean contains(Uid uid) {
        sort();
        return Arrays.binarySearch(hashes, 0, size, hash(uid)) >= 0;
    }

    /** {@return how many different UIDs were seen} */
    int count() {
        sort();
        return size;
    }

    private void sort() {
        if (sorted) {
            return;
        }
        Arrays.sort(hashes, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        size = distinct;
        sorted = true;
    }

    private static long hash(Uid uid) {
        return UUID.nameUUIDFromBytes(uid.value().getBytes(StandardCharsets.UTF_8))
                .getLeastSignificantBits();
    }
}
