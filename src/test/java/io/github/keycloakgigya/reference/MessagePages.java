package io.github.keycloakgigya.reference;

import static io.github.keycloakgigya.reference.Page.code;

import io.github.keycloakgigya.MessageBundle;
import io.github.keycloakgigya.api.ErrorCodes;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.failure.SignInError;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pages about what people, administrators and logs are told.
 *
 * @param remarks what is known of it besides
 */
record MessagePages(Remarks remarks) {

    private static final Path ROOMS = Path.of("src/main/java/io/github/keycloakgigya");
    private static final Path SCRIPT = Path.of("themes/theme-resources/resources/js/gigya-login.js");
    private static final Pattern CODE = Pattern.compile("\\b[2-5][0-9]{5}\\b");
    private static final Pattern IN_CONSOLE = Pattern.compile("console\\.error\\([`\"]([^`\"]*)[`\"]");
    private static final Pattern STEP = Pattern.compile("[A-Z_]+\\(\"(\\w+)\"\\)");
    private static final Pattern RESULT = Pattern.compile("(?:SyncResult\\.nothing|ended)\\(\"([^\"]*)\"\\)");
    private static final Pattern READ_BY_PEOPLE =
            Pattern.compile("gigya(?:Error[A-Z].*|Password(?!Check).*|ScriptFailed|Failed|SiteRefused|NoScript)");
    private static final List<String> CAUSE_AND_REMEDY = List.of("cause", "what to do");

    Page events() {
        var page = new Page("events.md", "Events and what people read", """
                Each failed sign-in has one event. Its detail `gigya_error` says why; where Gigya answered, `gigya_error_code` has
                [the number](error-codes.md), and `gigya_call_id` what Gigya's support asks for. A sign-in's event has `gigya_uid`.
                """);
        var rows = new ArrayList<List<String>>();
        var errors = Arrays.stream(SignInError.values())
                .map(SignInError::code)
                .distinct()
                .toList();
        for (var error : remarks.ordered("event", errors)) {
            rows.add(row(
                    List.of(
                            code(error),
                            told(error, SignInError::eventError),
                            told(error, known -> known.refusal().error())),
                    remarks.about("event", error, 2)));
        }
        page.heading("Event errors", "")
                .table(heads("`gigya_error`", "error of the event", "OAuth error of an app", CAUSE_AND_REMEDY), rows);
        page.heading(
                        "What a person reads",
                        "In English; the page speaks [other languages](../customising.md#languages), too.")
                .table(List.of("text", "`gigya_error`", "what to do"), texts());
        page.heading("The browser's console", "`…` stands for a name or a number.")
                .table(heads("text", CAUSE_AND_REMEDY), namedRows("browser", console(), 2));
        return page;
    }

    private static String told(String error, java.util.function.Function<SignInError, String> what) {
        return Arrays.stream(SignInError.values())
                .filter(known -> known.code().equals(error))
                .map(what)
                .distinct()
                .map(Page::code)
                .collect(Collectors.joining(", "));
    }

    private List<List<String>> texts() {
        var texts = MessageBundle.page("en").texts();
        var rows = new ArrayList<List<String>>();
        texts.forEach((key, text) -> {
            if (READ_BY_PEOPLE.matcher(key).matches()) {
                var error = Arrays.stream(SignInError.values())
                        .filter(known -> known.messageKey().equals(key))
                        .map(SignInError::code)
                        .findFirst();
                var remark = remarks.about("text", text, 1);
                rows.add(row(
                        List.of(text, error.map(Page::code).orElse("none")),
                        error.isPresent() && remark.get(0).isEmpty() ? List.of("[above](#event-errors)") : remark));
            }
        });
        return rows;
    }

    private static TreeSet<String> console() {
        return IN_CONSOLE
                .matcher(LoggedMessages.read(SCRIPT).replace("${SITE_REFUSED}", "400120"))
                .results()
                .map(text -> text.group(1).replaceAll("\\$\\{[^}]*}", "…"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Page errorCodes() {
        var codes = CODE.matcher(LoggedMessages.read(ROOMS.resolve("api/ErrorCodes.java")))
                .results()
                .map(code -> code.group())
                .collect(Collectors.toCollection(TreeSet::new));
        var rows = new ArrayList<List<String>>();
        for (var code : codes) {
            var meaning = meaning(Integer.parseInt(code));
            rows.add(row(List.of(code(code), meaning.get(0), code(meaning.get(1))), remarks.about("code", code, 1)));
        }
        return new Page("error-codes.md", "Gigya's error codes", """
                The detail `gigya_error_code` of an event, and the number in the log. The third column is what the code becomes at a
                sign-in. The codes 400004, 400006 and 400009 mean `proof_invalid` where a UID signature was checked, and "nobody has
                it" where a phone number or another identifier was looked up. A code that is not here is `gigya_unavailable`: an
                unknown error never disables or removes anybody. SAP's own list is "Response Codes and Errors" in the documentation
                of SAP Customer Data Cloud.
                """)
                .table(List.of("code", "the log says", "`gigya_error`", "what to do"), rows);
    }

    private static List<String> meaning(int code) {
        if (ErrorCodes.isSuccess(code)) {
            return List.of("no failure", "");
        }
        if (ErrorCodes.isWrongDataCenter(code)) {
            return List.of("the site is in another data center", SignInError.GIGYA_MISCONFIGURED.code());
        }
        var method = code == 400009 ? ApiMethod.EXCHANGE_UID_SIGNATURE : ApiMethod.GET_JWT;
        var meaning = ErrorCodes.of(code, method, code == 403005 ? "unauthorized user" : "");
        return List.of(meaning.text(), SignInError.of(meaning.kind()).code());
    }

    Page log() {
        var page = new Page("log.md", "Log messages", """
                Every message of the extension. Its category begins with `io.github.keycloakgigya`. A message never holds a secret, a
                token, a name or an address. `…` stands for a value.
                """);
        var byLevel = LoggedMessages.byLevel();
        for (var level : List.of("ERROR", "WARN", "INFO", "DEBUG", LoggedMessages.CHOSEN)) {
            if (byLevel.containsKey(level)) {
                page.heading(
                                level.equals(LoggedMessages.CHOSEN) ? "WARN or another level" : level,
                                level.equals(LoggedMessages.CHOSEN)
                                        ? "The level depends on what went wrong, as the second column says."
                                        : "")
                        .table(heads("message", CAUSE_AND_REMEDY), namedRows("log", byLevel.get(level), 2));
            }
        }
        return page;
    }

    Page adminConsole() {
        var page = new Page("admin-console.md", "What the admin console says", """
                Refusals, the steps of the test of a connection, and the results of a sync. `…` stands for a value.
                """);
        var texts = MessageBundle.refusals("en").texts();
        var refusals = new ArrayList<List<String>>();
        for (var key : remarks.ordered("refusal", texts.keySet())) {
            refusals.add(row(
                    List.of(code(key), MessageFormat.format(texts.get(key), "…", "…", "…")),
                    remarks.about("refusal", key, 1)));
        }
        page.heading("What the admin console says", """
                When settings are saved, and in answers of [test-connection](../user-federation.md#testing-the-connection). A text names a
                setting by its label, in [the administrator's language](../customising.md#languages). The log has the key in place of the
                text, with the values in brackets, and names a setting by the key that files have: `gigyaFederationMissing[shop]`,
                `gigyaSettingNumber[proofMaxAgeSeconds, 10, 600]`.
                """).table(List.of("key", "text", "more"), refusals);
        var steps = STEP.matcher(LoggedMessages.read(ROOMS.resolve("federation/check/ConnectionReport.java")))
                .results()
                .map(step -> step.group(1))
                .toList();
        page.heading("Steps of test-connection", "")
                .table(List.of("check", "it failed because"), namedRows("step", steps, 1));
        page.heading("Results of a sync", """
                The console shows the result of a sync that did not come to its end, that did nothing, or that has more to say than
                numbers. The log always has it. The admin API answers it as `status`, with `ignored` where the console is to show it.
                """)
                .table(heads("result", CAUSE_AND_REMEDY), namedRows("result", results(), 2));
        return page;
    }

    // Some are put together in the code, so that the remarks know more of them.
    private List<String> results() {
        var found = Stream.of("SyncRun.java", "Synchronization.java")
                .flatMap(file -> RESULT.matcher(LoggedMessages.read(ROOMS.resolve("sync/" + file)))
                        .results())
                .map(result -> result.group(1));
        return Stream.concat(remarks.names("result").stream().map(name -> name.replace("`", "")), found)
                .distinct()
                .toList();
    }

    private List<List<String>> namedRows(String section, Iterable<String> names, int cells) {
        var rows = new ArrayList<List<String>>();
        remarks.ordered(section, names)
                .forEach(name -> rows.add(row(List.of(code(name)), remarks.about(section, name, cells))));
        return rows;
    }

    private static List<String> heads(String first, List<String> others) {
        return row(List.of(first), others);
    }

    private static List<String> heads(String first, String second, String third, List<String> others) {
        return row(List.of(first, second, third), others);
    }

    private static List<String> row(List<String> first, List<String> others) {
        return Stream.concat(first.stream(), others.stream()).toList();
    }
}
