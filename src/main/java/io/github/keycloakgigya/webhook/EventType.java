package io.github.keycloakgigya.webhook;

import java.util.List;
import java.util.stream.Stream;

/** The types of event that are told apart. Whatever the type is, only a read of the account says what is true. */
public enum EventType {
    CREATED("accountCreated", true),
    REGISTERED("accountRegistered", true),
    UPDATED("accountUpdated", true),
    /** A lite account has become a full one. */
    PROGRESSED("accountProgressed", true),
    SUBSCRIPTION("subscriptionUpdated", true),
    CONSENT("consentUpdated", true),
    DELETED("accountDeleted", true),
    /** The account has a new UID. */
    UID_CHANGED("accountUidChanged", true),
    /** The account went into another one. */
    MERGED("accountMerged", true),
    /** Nothing follows from it: a sign-in at Gigya changes nothing that Keycloak shows. */
    LOGGED_IN("accountLoggedIn", false),
    /** Any other. */
    OTHER("other", false);

    private final String code;
    private final boolean handled;

    EventType(String code, boolean handled) {
        this.code = code;
        this.handled = handled;
    }

    /** {@return the names of those that anything follows from, as Gigya has them: what a hook is to subscribe to} */
    public static List<String> handled() {
        return Stream.of(values())
                .filter(type -> type.handled)
                .map(EventType::code)
                .toList();
    }

    static EventType of(String name) {
        return Stream.of(values())
                .filter(type -> type != OTHER && type.code.equals(name))
                .findFirst()
                .orElse(OTHER);
    }

    /** {@return as Gigya has it; {@code other} for {@link #OTHER}} */
    public String code() {
        return code;
    }

    boolean isHandled() {
        return handled;
    }

    /** {@return whether such an event may say that the account goes by another UID now} */
    boolean movesAccount() {
        return this == UID_CHANGED || this == MERGED;
    }
}
