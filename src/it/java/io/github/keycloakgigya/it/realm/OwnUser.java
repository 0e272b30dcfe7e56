package io.github.keycloakgigya.it.realm;

/** How an attack ends that gets the attacker in, but as nobody else than before. */
public enum OwnUser implements Outcome {
    SOMEBODY_ELSE;

    @Override
    public String code() {
        return "in, as another user";
    }

    @Override
    public Attempt of(Attempt attempt) {
        return attempt.addedOnlyAnotherUser();
    }
}
