package io.github.keycloakgigya.simulator;

import java.util.Set;

/** A method of the REST API. */
interface ApiMethod {

    /** {@return the parameters that the method takes beside those of every call} */
    Set<String> parameters(Caller caller);

    Reply answer(Call call) throws Refusal;

    /** {@return whether the method can be called without an API key} */
    default boolean worksWithoutSite() {
        return false;
    }
}
