package io.github.keycloakgigya.signin;

/** What a browser or an app has to show for its sign-in at Gigya. */
public enum LoginProof {
    /** A token that Gigya signed for it. */
    ID_TOKEN("idToken"),
    /** The UID with Gigya's signature. */
    UID_SIGNATURE("uidSignature");

    private final String id;

    LoginProof(String id) {
        this.id = id;
    }

    /** {@return the value of the setting {@code loginProof}} */
    public String id() {
        return id;
    }
}
