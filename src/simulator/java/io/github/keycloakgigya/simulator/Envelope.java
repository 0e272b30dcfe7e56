package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** What stands in every answer, around a method's own members. */
record Envelope(Clock clock) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    Answer success(HttpRequest request, ObjectNode members, Set<String> ignoredParameters) {
        var body = Reply.object().put("callId", RandomText.HEX_32.next()).put("errorCode", 0);
        finish(body, request, 0, ignoredParameters);
        body.setAll(members);
        return render(body, request, 200);
    }

    Answer refusal(HttpRequest request, Refusal refusal, Set<String> ignoredParameters) {
        var body = Reply.object()
                .put("callId", RandomText.HEX_32.next())
                .put("errorCode", refusal.code())
                .put("errorDetails", refusal.details())
                .put("errorMessage", refusal.getMessage());
        finish(body, request, refusal.code(), ignoredParameters);
        body.setAll(refusal.members());
        return render(body, request, statusCode(refusal.code()));
    }

    private void finish(ObjectNode body, HttpRequest request, int errorCode, Set<String> ignoredParameters) {
        int statusCode = statusCode(errorCode);
        body.put("apiVersion", 2)
                .put("statusCode", statusCode)
                .put("statusReason", reason(statusCode))
                .put("time", TIME.format(clock.instant()));
        request.parameters().optional("context").ifPresent(context -> body.put("context", context));
        if (!ignoredParameters.isEmpty()) {
            var ignored = body.putArray("ignoredParams");
            ignoredParameters.forEach(name -> ignored.addObject()
                    .put("paramName", name)
                    .put("warningCode", 403007)
                    .put(
                            "message",
                            "This parameter was not recognized as valid for this API method with your security "
                                    + "credentials nor was it recognized as a standard Gigya control parameter."));
        }
    }

    private static Answer render(ObjectNode body, HttpRequest request, int statusCode) {
        int httpStatus = ResponseFormat.usesHttpStatus(request.parameters()) ? statusCode : 200;
        return ResponseFormat.callback(request.parameters())
                .map(callback -> Answer.of(httpStatus, "text/javascript; charset=utf-8", callback + "(" + body + ");"))
                .orElseGet(() -> Answer.of(httpStatus, "application/json; charset=utf-8", body.toString()));
    }

    private static int statusCode(int errorCode) {
        return errorCode == 0 ? 200 : errorCode / 1000;
    }

    private static String reason(int statusCode) {
        return switch (statusCode) {
            case 200 -> "OK";
            case 206 -> "Partial Content";
            case 301 -> "Moved Permanently";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 504 -> "Gateway Timeout";
            default -> "Internal Server Error";
        };
    }
}
