package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;

/**
 * The pages that stand for a social provider: one to choose an account, one that carries the outcome back.
 *
 * <p>Whoever opens the page may choose any account of that provider, without a password: it is a simulated provider.
 */
final class SocialPages {

    private final Function<String, Optional<Site>> sites;
    private final SignIn signIn;

    SocialPages(Function<String, Optional<Site>> sites, SignIn signIn) {
        this.sites = sites;
        this.signIn = signIn;
    }

    /** {@code /socialize.login}: lists the accounts of the provider. */
    Answer choose(HttpRequest request) {
        try {
            var site = site(request.parameters());
            SocialReturn.of(request.parameters(), site);
            var provider = request.parameters().required("provider");
            var accounts = site.accounts()
                    .ofProvider(provider)
                    .sorted(Comparator.comparing(Account::uid))
                    .map(SocialPages::button)
                    .collect(Collectors.joining());
            return page("Sign in with " + provider, """
                    <h1>%s</h1><form method="post" action="/socialize.finishLogin">%s%s</form>
                    """.formatted(
                            Entities.escape(provider), hiddenFields(request.parameters()), accounts));
        } catch (Refusal refusal) {
            return problem(refusal);
        }
    }

    /** {@code /socialize.finishLogin}: signs the chosen account in and goes back to where the person came from. */
    Answer finish(HttpRequest request) {
        try {
            var site = site(request.parameters());
            var back = SocialReturn.of(request.parameters(), site);
            var provider = request.parameters().required("provider");
            var account = site.account(request.parameters().required("UID"))
                    .filter(found -> found.loginProvider().equals(provider))
                    .orElseThrow(() -> Refusal.of(GigyaError.UNAUTHORIZED_USER));
            return back.answer(
                    site, account, outcome(new Call(request, Optional.of(site), new Caller.Client()), account));
        } catch (Refusal refusal) {
            return problem(refusal);
        }
    }

    private ObjectNode outcome(Call call, Account account) {
        try {
            var session = signIn.complete(call, account, false).members().get("sessionInfo");
            return Reply.object()
                    .put("errorCode", 0)
                    .put("loginToken", session.get("cookieValue").textValue());
        } catch (Refusal refusal) {
            var outcome = Reply.object()
                    .put("errorCode", refusal.code())
                    .put("errorMessage", refusal.getMessage())
                    .put("errorDetails", refusal.details());
            return outcome.setAll(refusal.members());
        }
    }

    private Site site(Parameters parameters) throws Refusal {
        return parameters.apiKey().flatMap(sites).orElseThrow(() -> Refusal.of(GigyaError.INVALID_API_KEY));
    }

    private static String button(Account account) {
        var name = account.fields()
                .get("profile.email")
                .map(email -> email.asText())
                .orElse(account.uid());
        return "<p><button name=\"UID\" value=\"%s\">%s</button></p>"
                .formatted(Entities.escape(account.uid()), Entities.escape(name));
    }

    private static String hiddenFields(Parameters parameters) {
        return parameters.values().entrySet().stream()
                .map(field -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                        .formatted(Entities.escape(field.getKey()), Entities.escape(field.getValue())))
                .collect(Collectors.joining());
    }

    private static Answer problem(Refusal refusal) {
        return page(
                "Error", "<h1>Error %d</h1><p>%s</p>".formatted(refusal.code(), Entities.escape(refusal.details())));
    }

    static Answer page(String title, String body) {
        // With an icon of its own, so that no browser looks for one.
        var html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\">"
                + "<title>%s</title><body>%s</body></html>";
        return Answer.html(200, html.formatted(Entities.escape(title), body));
    }
}
