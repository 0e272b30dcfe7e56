package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.server.AdminAnswer;
import io.github.keycloakgigya.server.Page;
import io.github.keycloakgigya.soak.Ending;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * How something ended that was tried in a soak.
 *
 * @param detail of an ending that is not right; empty otherwise
 */
record SoakAnswer(Ending ending, String detail) {

    static final SoakAnswer RIGHT = new SoakAnswer(Ending.RIGHT, "");

    private static final int MOST_TEXT = 200;
    private static final Pattern UNAVAILABLE =
            Pattern.compile("temporarily_unavailable|gigya_unavailable|The sign-in service cannot be reached");
    // What a proxy answers that reached nobody; Keycloak's own 503 says what is unavailable.
    private static final Pattern OF_PROXY = Pattern.compile("\\b50[234]\\b");

    /** {@return how it ended for somebody who may come in} */
    static SoakAnswer ofInvited(boolean isIn, Page answer) {
        return isIn ? RIGHT : ofFailure(answer.status(), answer.body());
    }

    /** {@return how it ended for somebody who may not come in} */
    static SoakAnswer ofIntruder(boolean isIn, Page answer) {
        if (isIn) {
            return new SoakAnswer(Ending.INTRUSION, "Status " + answer.status());
        }
        var failure = ofFailure(answer.status(), answer.body());
        // A refusal is what has to come.
        return failure.ending() == Ending.STRANGE ? RIGHT : failure;
    }

    /** {@return how a request of an administrator ended} */
    static SoakAnswer ofAdmin(AdminAnswer answer) {
        return answer.status() / 100 == 2
                ? RIGHT
                : ofFailure(answer.status(), answer.body().toString());
    }

    /** {@return how something ended that was not answered with what the next step needs} */
    static SoakAnswer ofFailure(int status, String body) {
        var detail = "Status " + status + ": " + shortened(textOf(body));
        if (status == 500) {
            return new SoakAnswer(Ending.SERVER_ERROR, detail);
        }
        if (UNAVAILABLE.matcher(body).find()) {
            return new SoakAnswer(Ending.UNAVAILABLE, "");
        }
        return new SoakAnswer(status > 500 ? Ending.NO_ANSWER : Ending.STRANGE, detail);
    }

    /** {@return how something ended that a client or a harness gave up} */
    static SoakAnswer ofThrown(Throwable thrown) {
        var detail = shortened(thrown.toString());
        boolean isOfProxy = thrown instanceof UncheckedIOException
                || OF_PROXY.matcher(detail).find();
        return new SoakAnswer(isOfProxy ? Ending.NO_ANSWER : Ending.STRANGE, detail);
    }

    private static String textOf(String body) {
        return body.startsWith("<") ? org.jsoup.Jsoup.parse(body).text() : body;
    }

    private static String shortened(String text) {
        return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
    }
}
