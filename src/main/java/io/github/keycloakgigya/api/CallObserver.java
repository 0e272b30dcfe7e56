package io.github.keycloakgigya.api;

/**
 * Is told of calls to Gigya while they are made. What it does is part of every sign-in: it takes no time and throws
 * nothing. Used by several threads.
 */
public interface CallObserver {

    /** Watches nothing. */
    CallObserver NONE = new CallObserver() {
        @Override
        public Call begins(ApiMethod method) {
            return end -> {};
        }

        @Override
        public void withheld(ApiMethod method) {
            // Nobody wants to know.
        }
    };

    /** A call that is on its way. */
    @FunctionalInterface
    interface Call {

        /** Takes note of the end, on the thread that the call began on. */
        void ended(CallEnd end);
    }

    /**
     * Takes note of a call that begins now; attempts that the client repeats by itself are part of it.
     *
     * @return what is told of its end, whatever that is
     */
    Call begins(ApiMethod method);

    /** Takes note of a call that is not made now: ones before it failed or were refused, or too many are under way. */
    void withheld(ApiMethod method);
}
