package io.github.keycloakgigya.signin;

import io.github.keycloakgigya.api.UidSignature;

/** What a browser or an app posted to prove its sign-in at Gigya. Nothing in it is trusted yet. */
public sealed interface Proof {

    /** A token that Gigya signed. */
    record IdToken(String token) implements Proof {
        /** Leaves the token out, so that no log shows it. */
        @Override
        public String toString() {
            return "IdToken[]";
        }
    }

    /** A UID with Gigya's signature. */
    record SignedUid(UidSignature signature) implements Proof {}
}
