package io.github.keycloakgigya.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;

/** Finds out who makes a call, and refuses whoever shows wrong credentials. */
final class Authorisation {

    private static final long MAXIMUM_SKEW_SECONDS = 120;

    private final Clock clock;
    private final UsedOnce nonces = new UsedOnce();
    private final BearerTokens bearerTokens;

    Authorisation(Clock clock) {
        this.clock = clock;
        this.bearerTokens = new BearerTokens(clock);
    }

    Caller check(HttpRequest request, Site site) throws Refusal {
        boolean signed = request.parameters().names().contains("sig");
        boolean secret = request.parameters().names().contains("secret");
        var header = request.header("authorization");
        if (header.isPresent() && (signed || secret) || signed && secret) {
            // The record knows no such request. Guessing which one counts would hide a mistake.
            throw Refusal.of(GigyaError.INVALID_REQUEST_FORMAT, "More than one way of authorisation");
        }
        if (header.isPresent()) {
            return new Caller.RsaApplication(bearerTokens.check(header.get(), site));
        }
        if (signed) {
            return checkSignature(request, site);
        }
        return secret ? checkSecret(request.parameters(), site) : new Caller.Client();
    }

    private Caller checkSecret(Parameters parameters, Site site) throws Refusal {
        var holder = holder(parameters, site);
        if (!MessageDigest.isEqual(
                parameters.required("secret").getBytes(StandardCharsets.UTF_8),
                holder.secret().getBytes(StandardCharsets.UTF_8))) {
            throw Refusal.of(GigyaError.INVALID_SECRET, "Invalid parameter: secret");
        }
        return holder.caller();
    }

    private Caller checkSignature(HttpRequest request, Site site) throws Refusal {
        var parameters = request.parameters();
        var nonce = parameters.required("nonce");
        requireCurrent(parameters.required("timestamp"));
        var holder = holder(parameters, site);
        if (!HmacSha1.withSecret(holder.secret())
                .verifies(RequestSignature.of(request).baseString(), parameters.required("sig"))) {
            throw Refusal.of(GigyaError.INVALID_SIGNATURE);
        }
        if (!nonces.use(holder.name() + " " + nonce)) {
            throw Refusal.of(GigyaError.DUPLICATE_NONCE);
        }
        return holder.caller();
    }

    private void requireCurrent(String timestamp) throws Refusal {
        if (!timestamp.matches("[0-9]{1,18}")) {
            throw Refusal.invalid("timestamp");
        }
        long now = clock.instant().getEpochSecond();
        if (Math.abs(now - Long.parseLong(timestamp)) > MAXIMUM_SKEW_SECONDS) {
            throw Refusal.of(
                    GigyaError.REQUEST_EXPIRED,
                    "The requests timestamp skew more than 120 seconds from the server time. Please check you "
                            + "server's time and timezone configuration. Server timestamp: " + now
                            + ", Request timestamp: " + timestamp);
        }
    }

    private static Holder holder(Parameters parameters, Site site) throws Refusal {
        var userKey = parameters.optional("userKey");
        if (userKey.isEmpty()) {
            return new Holder(site.apiKey(), site.partnerSecret(), new Caller.Partner(site));
        }
        var key = site.applicationKey(userKey.get());
        if (key.isPresent()) {
            return new Holder(key.get().userKey(), key.get().secret(), new Caller.Application(key.get()));
        }
        throw site.rsaApplicationKey(userKey.get()).isPresent()
                ? Refusal.of(GigyaError.INVALID_SECRET, "Invalid parameter: secret")
                : Refusal.of(GigyaError.UNAUTHORIZED_USER, "The supplied userkey was not found");
    }

    /** Whose secret it is. */
    private record Holder(String name, String secret, Caller caller) {}
}
