package io.github.keycloakgigya.simulator;

import java.time.Clock;
import java.util.Set;

/** {@code accounts.exchangeUIDSignature}: turns a fresh signature of the partner secret into one of the caller's. */
record ExchangeUidSignature(Clock clock) implements ApiMethod {

    private static final long MAXIMUM_AGE_SECONDS = 60;

    @Override
    public Set<String> parameters(Caller caller) {
        return Set.of("UID", "UIDSignature", "signatureTimestamp");
    }

    @Override
    public Reply answer(Call call) throws Refusal {
        call.caller().requireServer();
        var uid = call.required("UID");
        var signature = call.required("UIDSignature");
        long timestamp = timestamp(call);
        // The record doesn't say how a wrong signature is answered.
        if (!HmacSha1.withSecret(call.site().partnerSecret()).verifies(timestamp + "_" + uid, signature)) {
            throw Refusal.invalid("UIDSignature");
        }
        long now = clock.instant().getEpochSecond();
        if (Math.abs(now - timestamp) > MAXIMUM_AGE_SECONDS) {
            throw Refusal.of(GigyaError.SIGNATURE_TIMESTAMP_EXPIRED);
        }
        call.accountNamedBy("UID");
        return Reply.of(Reply.object()
                .put("UID", uid)
                .put("UIDSignature", call.caller().signUid(uid, now))
                .put("signatureTimestamp", Long.toString(now)));
    }

    private static long timestamp(Call call) throws Refusal {
        var text = call.required("signatureTimestamp");
        if (!text.matches("[0-9]{1,18}")) {
            throw Refusal.invalid("signatureTimestamp");
        }
        return Long.parseLong(text);
    }
}
