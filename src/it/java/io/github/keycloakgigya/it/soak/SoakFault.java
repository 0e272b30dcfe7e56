package io.github.keycloakgigya.it.soak;

import io.github.keycloakgigya.simulator.Fault;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What goes wrong in a soak, in this order, again and again. */
enum SoakFault {
    DROP("Gigya closes connections without an answer", everywhere(Fault.drop())),
    KILLED_NODE("a node is killed, and starts again", simulator -> {}) {
        // The other one is there.
        @Override
        boolean isOverAtOnce() {
            return true;
        }

        // The node that is left writes down whom it lost, and what it had asked it.
        @Override
        Pattern ownErrors() {
            return Pattern.compile("^org\\.(infinispan|jgroups)\\b|ISPN\\d{6}|org\\.infinispan\\.|org\\.jgroups\\.");
        }
    },
    DELAY("Gigya answers a second late", simulator -> simulator.faults().latency(Duration.ofSeconds(1))),
    KEY_ROTATION("Gigya changes the key that it signs with", GigyaSimulator::rotateKeys) {
        // Nobody should notice.
        @Override
        boolean isOverAtOnce() {
            return true;
        }
    },
    SERVER_ERROR("Gigya answers status 500", everywhere(Fault.httpStatus(500))),
    THROTTLE("Gigya answers that there were too many calls", everywhere(Fault.throttle())),
    HTML("Gigya answers a page instead of data", everywhere(Fault.html())),
    HALF_ANSWER("Gigya breaks off in the middle of an answer", everywhere(Fault.halfAnswer())),
    SILENCE("Gigya takes requests and never answers", everywhere(Fault.silent())),
    WRONG_CERTIFICATE(
            "Gigya shows a certificate that nobody trusts",
            simulator -> simulator.faults().wrongCertificate());

    // No such line is wanted: what Gigya does wrong is a warning.
    private static final Pattern NONE = Pattern.compile("(?!)");

    private final String title;
    private final Consumer<GigyaSimulator> order;

    SoakFault(String title, Consumer<GigyaSimulator> order) {
        this.title = title;
        this.order = order;
    }

    private static Consumer<GigyaSimulator> everywhere(Fault fault) {
        return simulator -> simulator.faults().everywhere(fault);
    }

    /** {@return what the page calls it} */
    String title() {
        return title;
    }

    void begin(GigyaSimulator simulator) {
        order.accept(simulator);
    }

    /** {@return whether nobody has reason to fail from its beginning on, but for the two seconds that each fault has} */
    boolean isOverAtOnce() {
        return false;
    }

    /** {@return what finds the ERROR lines in a server's log that belong to it, by category and message} */
    Pattern ownErrors() {
        return NONE;
    }
}
