package io.github.keycloakgigya.monitoring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the sign-ins of one node, of all realms together: who wants to tell these apart has Keycloak's own metrics. */
public final class SignInMeters {

    private static final String SUCCESS = "success";
    private static final List<String> ALERTED = List.of(SUCCESS, "gigya_unavailable", "gigya_misconfigured");

    private record Kind(Door door, String outcome) {}

    private final MeterRegistry registry;
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

    SignInMeters(MeterRegistry registry) {
        this.registry = registry;
        // Shown as zero from the start: of a counter that appears with its first failure, nobody sees it grow.
        for (var door : Door.values()) {
            ALERTED.forEach(outcome -> counter(new Kind(door, outcome)));
        }
    }

    /** Counts a sign-in that was handed over to Keycloak, which may have further steps for the person. */
    public void succeeded(Door door) {
        count(door, SUCCESS);
    }

    /** Counts a wrong password. */
    public void wrongPassword() {
        count(Door.PASSWORD, "wrong_password");
    }

    /**
     * Counts a sign-in that failed.
     *
     * @param error one of the values of the event detail {@code gigya_error}, never what came from outside
     */
    public void failed(Door door, String error) {
        count(door, error);
    }

    private void count(Door door, String outcome) {
        counters.computeIfAbsent(new Kind(door, outcome), this::counter).increment();
    }

    private Counter counter(Kind kind) {
        return Counter.builder("keycloak.gigya.sign.ins")
                .description("Sign-ins with a Gigya account")
                .tag("door", kind.door().code())
                .tag("outcome", kind.outcome())
                .register(registry);
    }

    /** The ways to sign in, as metrics tell them apart. */
    public enum Door {
        /** The step "Gigya login" of a browser flow. */
        LOGIN_PAGE,
        /** The step "Gigya direct grant". */
        DIRECT_GRANT,
        /** The identity provider's page, also where an account is linked. */
        IDENTITY_PROVIDER,
        /** A token that is exchanged at the identity provider. */
        TOKEN_EXCHANGE,
        /** A JWT authorization grant. */
        JWT_GRANT,
        /** The mapper of Keycloak's own OpenID provider. */
        ACCOUNT_IMPORTER,
        /** A password that is typed into Keycloak. */
        PASSWORD,
        /** A login that ended because its user could not be looked up at Gigya. Has no successes. */
        USER_LOOK_UP;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
