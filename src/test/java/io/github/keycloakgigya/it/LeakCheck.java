package io.github.keycloakgigya.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Looks for secrets, tokens and e-mail addresses where they must not be. What it finds it names but does not show. */
final class LeakCheck {

    private static final String OURS = "io.github.keycloakgigya";
    private static final String OUR_DETAILS = "gigya_";
    private static final String UID = "gigya_uid";

    // Base64url of a JSON object with a member, as every JWT begins; short ones are names of classes. Not in the midst
    // of other base64url: Keycloak's own ids of sessions are random.
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{16,}");
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}");
    private static final Pattern PRIVATE_KEY = Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY");

    private final Map<String, String> secrets;

    /** @param secrets kinds by value */
    LeakCheck(Map<String, String> secrets) {
        this.secrets = secrets;
    }

    /** {@return a description of each leak in a log} E-mail addresses are looked for in this project's own lines only. */
    List<String> inLog(Collection<ServerLog.Entry> log) {
        return log.stream().distinct().flatMap(entry -> in(entry).stream()).toList();
    }

    private List<String> in(ServerLog.Entry entry) {
        var place = "the log of " + entry.category();
        var leaks = new ArrayList<>(secretsIn(entry.message(), place));
        if (entry.category().startsWith(OURS) && EMAIL.matcher(entry.message()).find()) {
            leaks.add("an e-mail address in " + place);
        }
        return leaks;
    }

    /** {@return a description of each leak in login events} Details that Keycloak writes may hold e-mail addresses. */
    List<String> inEvents(Collection<JsonNode> events) {
        var leaks = new ArrayList<String>();
        for (var event : events) {
            var place = "an event " + event.path("type").asText();
            leaks.addAll(secretsIn(event.toString(), place));
            event.path("details").properties().stream()
                    .filter(detail -> detail.getKey().startsWith(OUR_DETAILS))
                    // By contract the UID, whatever a site uses as such.
                    .filter(detail -> !detail.getKey().equals(UID))
                    .filter(detail -> EMAIL.matcher(detail.getValue().asText()).find())
                    .forEach(detail -> leaks.add("an e-mail address in " + detail.getKey() + " of " + place));
        }
        return leaks;
    }

    /** {@return a description of each leak in admin events} What an administrator sent may hold e-mail addresses. */
    List<String> inAdminEvents(Collection<JsonNode> events) {
        return events.stream()
                .flatMap(event ->
                        secretsIn(
                                event.toString(),
                                "an admin event at "
                                        + event.path("resourcePath").asText())
                                .stream())
                .toList();
    }

    private List<String> secretsIn(String text, String place) {
        var leaks = new ArrayList<String>();
        secrets.forEach((value, kind) -> {
            if (text.contains(value)) {
                leaks.add("a " + kind + " in " + place);
            }
        });
        if (TOKEN.matcher(text).find()) {
            leaks.add("a token in " + place);
        }
        if (PRIVATE_KEY.matcher(text).find()) {
            leaks.add("a private key in " + place);
        }
        return leaks;
    }
}
