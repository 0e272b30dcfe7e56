package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;

/** How a social sign-in gets back to the page that began it. Only pages of the site's allowed domains get there. */
sealed interface SocialReturn {

    Answer answer(Site site, Account account, ObjectNode outcome);

    static SocialReturn of(Parameters parameters, Site site) throws Refusal {
        var origin = parameters.optional("origin");
        var redirectUrl = parameters.optional("redirectURL");
        var target = redirectUrl.or(() -> parameters.optional("returnTo")).or(() -> origin);
        if (target.isEmpty()) {
            throw Refusal.missing("origin");
        }
        if (!BrowserRules.isAllowed(target.get(), site)) {
            throw Refusal.of(GigyaError.INVALID_SITE_DOMAIN);
        }
        var url = target.get().split("#", 2)[0];
        if (redirectUrl.isPresent()) {
            return parameters.optional("redirectMethod").orElse("get").equals("post")
                    ? new PostedRedirect(url)
                    : new Redirect(url, true);
        }
        return origin.isPresent() ? new PopUp(origin.get()) : new Redirect(url, false);
    }

    /** Posts the outcome to the page that opened the pop-up. */
    record PopUp(String origin) implements SocialReturn {
        @Override
        public Answer answer(Site site, Account account, ObjectNode outcome) {
            return SocialPages.page("Signed in", """
                    <p>You can close this window.</p>
                    <script>
                    if (window.opener) {
                      window.opener.postMessage({type: 'gigya-social-login', outcome: %s}, %s);
                      window.close();
                    }
                    </script>""".formatted(
                            inScript(outcome.toString()),
                            inScript(Reply.object().textNode(origin).toString())));
        }

        private static String inScript(String json) {
            return json.replace("<", "\\u003c");
        }
    }

    /** Goes back by GET; a redirectURL of the page's own gets the person's data appended, as documented. */
    record Redirect(String url, boolean withData) implements SocialReturn {
        @Override
        public Answer answer(Site site, Account account, ObjectNode outcome) {
            var query = withData ? (url.contains("?") ? "&" : "?") + query(data(site, account)) : "";
            return Answer.redirect(url + query + fragment(outcome));
        }

        private static String query(Map<String, String> data) {
            return data.entrySet().stream()
                    .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
        }
    }

    /** Posts the person's data to a redirectURL. */
    record PostedRedirect(String url) implements SocialReturn {
        @Override
        public Answer answer(Site site, Account account, ObjectNode outcome) {
            var fields = data(site, account).entrySet().stream()
                    .map(field -> "<input type=\"hidden\" name=\"%s\" value=\"%s\">"
                            .formatted(field.getKey(), Entities.escape(field.getValue())))
                    .collect(Collectors.joining());
            return SocialPages.page("Signed in", """
                    <form method="post" action="%s">%s</form>
                    <script>document.forms[0].submit();</script>""".formatted(Entities.escape(url + fragment(outcome)), fields));
        }
    }

    private static Map<String, String> data(Site site, Account account) {
        long now = Instant.now().getEpochSecond();
        var data = new LinkedHashMap<String, String>();
        data.put("UID", account.uid());
        data.put("UIDSig", site.signUid(account.uid(), now));
        data.put("timestamp", Long.toString(now));
        data.put("loginProvider", account.loginProvider());
        for (var field : new String[] {"firstName", "lastName", "email"}) {
            account.fields().get("profile." + field).ifPresent(value -> data.put(field, value.asText()));
        }
        return data;
    }

    /** The script finds the outcome there and removes it; no server sees a fragment. */
    private static String fragment(ObjectNode outcome) {
        return "#gigya_outcome="
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(outcome.toString().getBytes(StandardCharsets.UTF_8));
    }
}
