package io.github.keycloakgigya.api.client;

import java.io.IOException;

/** An answer held more bytes than {@link CallLimits#maxAnswerBytes()}. */
final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int maxAnswerBytes) {
        super("an answer held more than " + maxAnswerBytes + " bytes");
    }
}
