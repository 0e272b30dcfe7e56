package io.github.keycloakgigya.page;

import com.google.gson.Gson;
import java.util.HashMap;
import java.util.Map;

/** How {@code gigya.js} of the tests behaves; see there. */
final class StubGigya {

    private final Map<String, Object> behaviour = new HashMap<>(Map.of("ready", true, "loginEvents", 1, "delay", 0));
    private boolean sessionOpen;

    StubGigya withOpenSession() {
        sessionOpen = true;
        return this;
    }

    /** The script loads but never says that it is ready. */
    StubGigya neverReady() {
        behaviour.put("ready", false);
        return this;
    }

    /** No call is answered before {@code heldAnswers} are given, if ever. */
    StubGigya silent() {
        behaviour.put("silent", true);
        return this;
    }

    /** Every call is answered with this error code. */
    StubGigya refusing(int errorCode) {
        behaviour.put("errorCode", errorCode);
        return this;
    }

    StubGigya withScreenSetError(int errorCode) {
        behaviour.put("screenSetError", errorCode);
        return this;
    }

    StubGigya reportingLogins(int times) {
        behaviour.put("loginEvents", times);
        return this;
    }

    StubGigya answeringAfter(int milliseconds) {
        behaviour.put("delay", milliseconds);
        return this;
    }

    /** {@return JavaScript to run before the page's own; the session is opened once, not anew by each navigation} */
    String script() {
        String session = sessionOpen
                ? "if (!localStorage.getItem('opened')) {"
                        + " localStorage.setItem('session', 'earlier'); localStorage.setItem('opened', 'yes'); }"
                : "";
        return "window.stub = " + new Gson().toJson(behaviour) + "; " + session;
    }
}
