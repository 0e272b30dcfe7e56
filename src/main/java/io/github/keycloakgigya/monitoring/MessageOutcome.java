package io.github.keycloakgigya.monitoring;

import java.util.Locale;

/** What became of a webhook's message. */
public enum MessageOutcome {
    /** All is done that its events ask for. */
    DONE(204),
    /** It has no valid signature of the site over this body. */
    REFUSED(401),
    /** It is signed, and its body is nothing that is known here. */
    UNREADABLE(400),
    /** Its body is too long, packed or unpacked, or has too many events. */
    TOO_LARGE(413),
    /** This node has too much to do, or the body or the read of some account takes too long. Gigya sends it again. */
    BUSY(503),
    /** Gigya could not be asked. Gigya sends it again. */
    UNAVAILABLE(503),
    /** A setting can't be used, or Gigya refuses it. Gigya sends it again. */
    MISCONFIGURED(503),
    /** Something went wrong here, as where the database is down. Gigya sends it again. */
    FAILED(503);

    private final int status;

    MessageOutcome(int status) {
        this.status = status;
    }

    /** {@return the HTTP status of the answer} */
    public int status() {
        return status;
    }

    /** {@return as metrics and the admin resource have it, {@code too_large} say} */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
