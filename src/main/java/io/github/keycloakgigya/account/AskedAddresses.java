package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.GigyaException;
import java.time.Instant;
import java.util.Optional;

/** The addresses of an account as Gigya tells them when it is asked: once, and only where somebody wants to know. */
final class AskedAddresses implements KnownAddresses {

    /** Asks Gigya about one account. */
    interface Question {
        AccountInfo ask() throws GigyaException;
    }

    private final Question question;
    private ToldAddresses answer;

    AskedAddresses(Question question) {
        this.question = question;
    }

    @Override
    public boolean isVerified(String address) throws GigyaException {
        return answer().isVerified(address);
    }

    @Override
    public boolean isLoginId(String name) throws GigyaException {
        return answer().isLoginId(name);
    }

    @Override
    public Optional<Instant> passwordCreated() {
        return Optional.ofNullable(answer).flatMap(ToldAddresses::passwordCreated);
    }

    private ToldAddresses answer() throws GigyaException {
        if (answer == null) {
            answer = new ToldAddresses(question.ask());
        }
        return answer;
    }
}
