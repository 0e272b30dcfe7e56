package io.github.keycloakgigya.api;

import io.github.keycloakgigya.api.GigyaApi.ApiMethod;

/** Bounds how many calls are under way at once, so that a slow Gigya does not hold a whole server. Used by several threads. */
@FunctionalInterface
public interface CallGate {

    /** Lets every call begin. */
    CallGate OPEN = method -> Passage.FREE;

    /** Leave for a call to be under way. */
    @FunctionalInterface
    interface Passage {

        /** Takes nobody's place. */
        Passage FREE = () -> {};

        /** Tells that the call has ended. */
        void end();
    }

    /**
     * Lets a call begin, perhaps after a wait.
     *
     * @return what is told of the end of the call, whatever that is
     * @throws GigyaException of the kind {@link FailureKind#UNAVAILABLE} where too many are under way; nothing was sent
     */
    Passage enter(ApiMethod method) throws GigyaException;
}
