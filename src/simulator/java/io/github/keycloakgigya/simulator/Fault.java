package io.github.keycloakgigya.simulator;

import java.time.Duration;
import java.util.Map;

/** Something that goes wrong with an answer. It happens on the socket, not in the client's mind. */
public interface Fault {

    /** Brings the answer to its end, or to none. */
    void happen(Delivery delivery);

    /** {@return none: the right answer at once} */
    static Fault none() {
        return delivery -> delivery.send(delivery.rightAnswer());
    }

    /** {@return a fault that answers rightly, but later} */
    static Fault delay(Duration duration) {
        return delivery -> delivery.later(duration, () -> none().happen(delivery));
    }

    /** {@return a fault that does something first, before the request is looked at} */
    static Fault after(Runnable order, Fault then) {
        return delivery -> {
            order.run();
            then.happen(delivery);
        };
    }

    /** {@return a fault that answers rightly, but one byte at a time, so that no wait for the next one is long} */
    static Fault drip(Duration pause) {
        return delivery -> delivery.drip(delivery.rightAnswer(), pause);
    }

    /** {@return a fault that takes the request and never answers} */
    static Fault silent() {
        return Delivery::hold;
    }

    /** {@return a fault that closes the connection without an answer} */
    static Fault drop() {
        return Delivery::close;
    }

    /** {@return a fault that sends the headers and half of the right body, then closes the connection} */
    static Fault halfAnswer() {
        return delivery -> delivery.sendHalf(delivery.rightAnswer());
    }

    /** {@return a fault that answers a maintenance page with HTTP status 200} */
    static Fault html() {
        return delivery ->
                delivery.send(Answer.html(200, "<!doctype html><title>Maintenance</title><p>Back soon.</p>"));
    }

    /** {@return a fault that answers an HTTP status, 500 say, with a short HTML body} */
    static Fault httpStatus(int status) {
        return delivery -> delivery.send(Answer.html(status, "<!doctype html><title>Error</title>"));
    }

    /** {@return a fault that answers an error code of Gigya's instead of calling the method} */
    static Fault errorCode(int code) {
        return errorCode(code, Map.of());
    }

    /** {@return a fault that answers an error code and members beside it, {@code apiDomain} with 301001 say} */
    static Fault errorCode(int code, Map<String, String> members) {
        return delivery -> {
            var body = Reply.object();
            members.forEach(body::put);
            delivery.send(delivery.refusal(Refusal.ofCode(code, body)));
        };
    }

    /** {@return a fault that answers a search by nothing found, without looking at the accounts} */
    static Fault nothingFound() {
        return delivery -> {
            var body = Reply.object();
            body.putArray("results");
            body.put("objectsCount", 0).put("totalCount", 0);
            delivery.send(delivery.refusal(Refusal.ofCode(0, body)));
        };
    }

    /** {@return a fault that answers 403048, the API rate limit} */
    static Fault throttle() {
        return errorCode(GigyaError.RATE_LIMIT_EXCEEDED.code());
    }

    /** {@return a fault that answers text which claims to be JSON} */
    static Fault garbage() {
        return delivery -> delivery.send(
                Answer.of(200, "application/json; charset=utf-8", "{\"errorCode\":0,\"id_token\":\"ey\u0000}]"));
    }

    /** {@return a fault that answers a JSON object of this many bytes, without telling its length before} */
    static Fault oversize(long bytes) {
        return delivery -> delivery.sendPadded(bytes);
    }

    /**
     * {@return a fault that does what was asked, and lies about it}
     *
     * @param members take the place of the right answer's: texts, numbers, lists and maps
     */
    static Fault lying(Map<String, ?> members) {
        return delivery -> delivery.send(delivery.rightAnswer().withMembers(members));
    }

    /** {@return a fault that answers an HTTP redirect} */
    static Fault redirect(String location) {
        return delivery -> delivery.send(Answer.redirect(location));
    }
}
