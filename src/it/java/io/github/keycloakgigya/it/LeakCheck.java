package io.github.keycloakgigya.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.server.ServerLog;
import io.github.keycloakgigya.simulator.GigyaSimulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for secrets, tokens, e-mail addresses and UIDs where they must not be. What it finds it names but does not show. */
public final class LeakCheck {

    private static final String OURS = "io.github.keycloakgigya";
    private static final String OUR_DETAILS = "gigya_";
    private static final String UID = "gigya_uid";

    // Base64url of a JSON object with a member, as every JWT begins; short ones are names of classes. Not in the midst
    // of other base64url: Keycloak's own ids of sessions are random.
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{16,}");
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
    // Shorter ones, such as a test's "old-1", occur by chance.
    private static final int SHORTEST_UID = 8;
    private static final Set<String> READ_IN_PRODUCTION = Set.of("INFO", "WARN", "ERROR", "FATAL");
    // Keycloak writes events into its log with all their details, of which gigya_uid is one by contract.
    private static final String EVENTS = "org.keycloak.events";
    private static final Pattern PRIVATE_KEY = Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY");

    private final Map<String, String> secrets;
    private final KnownTexts known;
    private final Set<String> plainUids;
    private final Set<String> otherUids;

    /** @param secrets kinds by value */
    public LeakCheck(Map<String, String> secrets) {
        this(secrets, Set.of());
    }

    /**
     * @param secrets kinds by value
     * @param uids of accounts
     */
    public LeakCheck(Map<String, String> secrets, Set<String> uids) {
        this.secrets = secrets;
        this.known = new KnownTexts(secrets.keySet());
        var byKind = uids.stream()
                .filter(uid -> uid.length() >= SHORTEST_UID)
                .collect(Collectors.partitioningBy(uid -> WORD.matcher(uid).matches(), Collectors.toUnmodifiableSet()));
        this.plainUids = byKind.get(true);
        this.otherUids = byKind.get(false);
    }

    /** {@return what looks for all that was secret so far, the hashes of passwords that the simulator told included} */
    public static LeakCheck ofAllSoFar(GigyaSimulator simulator) {
        simulator.hashesTold().forEach(hash -> Secrets.remember("hash of a password", hash));
        return new LeakCheck(Secrets.soFar(), simulator.uidsEver());
    }

    /**
     * {@return a description of each leak in a log} E-mail addresses are looked for in this project's own lines only, UIDs
     * in those that are read in production.
     */
    public List<String> inLog(Collection<ServerLog.Entry> log) {
        // SQL comes again and again: each text is searched once, whenever it was written.
        return log.stream()
                .map(entry -> new ServerLog.Entry(Instant.EPOCH, entry.level(), entry.category(), "", entry.message()))
                .distinct()
                .flatMap(entry -> in(entry).stream())
                .toList();
    }

    private List<String> in(ServerLog.Entry entry) {
        var place = "the log of " + entry.category();
        var leaks = new ArrayList<>(secretsIn(entry.message(), place));
        if (entry.category().startsWith(OURS) && EMAIL.matcher(entry.message()).find()) {
            leaks.add("an e-mail address in " + place);
        }
        if (READ_IN_PRODUCTION.contains(entry.level())
                && !entry.category().equals(EVENTS)
                && holdsUid(entry.message())) {
            leaks.add("a UID in " + place);
        }
        return leaks;
    }

    private boolean holdsUid(String text) {
        return otherUids.stream().anyMatch(text::contains)
                || WORD.matcher(text).results().map(MatchResult::group).anyMatch(plainUids::contains);
    }

    /** {@return a description of each leak in login events} Details that Keycloak writes may hold e-mail addresses. */
    public List<String> inEvents(Collection<JsonNode> events) {
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
    public List<String> inAdminEvents(Collection<JsonNode> events) {
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
        known.in(text).forEach(value -> leaks.add("a " + secrets.get(value) + " in " + place));
        if (TOKEN.matcher(text).find()) {
            leaks.add("a token in " + place);
        }
        if (PRIVATE_KEY.matcher(text).find()) {
            leaks.add("a private key in " + place);
        }
        return leaks;
    }
}
