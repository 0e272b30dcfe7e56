package io.github.keycloakgigya.simulator;

/** Who makes a call. */
sealed interface Caller {

    /** A browser or an app: it may do what its person's session may do. */
    record Client() implements Caller {}

    /** A server that showed the partner secret. */
    record Partner(Site site) implements Caller {
        @Override
        public String signUid(String uid, long timestampSeconds) {
            return site.signUid(uid, timestampSeconds);
        }
    }

    /** A server that showed an application's secret. */
    record Application(ApplicationKey key) implements Caller {
        @Override
        public String signUid(String uid, long timestampSeconds) {
            return key.signUid(uid, timestampSeconds);
        }
    }

    /** A server that signed with an application's RSA key. */
    record RsaApplication(RsaApplicationKey key) implements Caller {}

    default boolean isServer() {
        return !(this instanceof Client);
    }

    default void requireServer() throws Refusal {
        if (!isServer()) {
            throw Refusal.of(GigyaError.PERMISSION_DENIED);
        }
    }

    /** {@return a UID signature with the caller's own secret} An RSA key has none to make it with. */
    default String signUid(String uid, long timestampSeconds) throws Refusal {
        throw Refusal.of(GigyaError.NOT_SUPPORTED);
    }
}
