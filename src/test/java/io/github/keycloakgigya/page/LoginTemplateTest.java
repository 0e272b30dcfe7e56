package io.github.keycloakgigya.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginTemplateTest {

    private static final String HOSTILE = "\"><script>alert(1)</script>${1+1}&'";

    @ParameterizedTest
    @EnumSource
    void every_theme_shows_the_screen_set_in_its_card_and_posts_to_keycloak(LoginTheme theme) {
        Document page = Jsoup.parse(new LoginPage(theme, Locale.ENGLISH).html());

        assertThat(page.selectFirst("#kc-page-title").text()).isEqualTo("Sign in to your account");
        assertThat(page.select("#gigya #gigya-screen-set")).hasSize(1);
        Element form = page.selectFirst("form#gigya-proof");
        assertThat(form.attr("action")).isEqualTo(LoginPage.ACTION);
        assertThat(form.attr("method")).isEqualTo("post");
        assertThat(form.select("input[type=hidden][disabled]").eachAttr("name"))
                .containsExactly("id_token", "UID", "UIDSignature", "signatureTimestamp");
        Element cancel = page.selectFirst("form#gigya-cancel button[type=submit]");
        assertThat(cancel.attr("name")).isEqualTo("cancel");
        assertThat(cancel.val()).isEqualTo("true");
        assertThat(page.selectFirst("#gigya").dataset())
                .containsEntry("script-url", "https://cdns.gigya.test/js/gigya.js")
                .containsEntry("api-key", "4_demo")
                .containsEntry("token-lifetime", "60")
                .containsEntry("fresh", "false")
                .containsEntry("auto", "true")
                .containsEntry("refresh-url", LoginPage.REFRESH);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_of_the_page_runs_inline(LoginTheme theme) {
        Element gigya = Jsoup.parse(new LoginPage(theme, Locale.ENGLISH).html()).selectFirst("#gigya");

        assertThat(gigya.parent().select("script").eachAttr("src")).hasSize(1);
        assertThat(gigya.parent().select("script[type=module]")).hasSize(1);
        assertThat(gigya.select("[^on], [style], a[href^=javascript]")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void values_from_outside_stay_text(LoginTheme theme) {
        LoginPage page = new LoginPage(theme, Locale.ENGLISH);
        List<String> names = List.of(
                "loginHint",
                "signedInAs",
                "screenSet",
                "startScreen",
                "audience",
                "lang",
                "apiKey",
                "scriptUrl",
                "refreshUrl");
        names.forEach(name -> page.with(name, HOSTILE));

        Document document = Jsoup.parse(page.html());

        assertThat(document.html()).doesNotContain("<script>alert(1)");
        assertThat(document.selectFirst("#gigya").dataset())
                .containsEntry("login-hint", HOSTILE)
                .containsEntry("screen-set", HOSTILE)
                .containsEntry("audience", HOSTILE);
        assertThat(document.selectFirst("#gigya-signed-in-as strong").text()).isEqualTo(HOSTILE);
    }

    @ParameterizedTest
    @EnumSource
    void the_person_is_named_once_and_can_start_over(LoginTheme theme) {
        Document named = Jsoup.parse(
                new LoginPage(theme, Locale.ENGLISH).with("signedInAs", "ada").html());
        assertThat(named.select("#gigya-signed-in-as a").attr("href")).isEqualTo(LoginPage.RESTART);

        Document namedByLayout = Jsoup.parse(new LoginPage(theme, Locale.ENGLISH)
                .with("signedInAs", "ada")
                .withUserKnownToLayout("ada")
                .html());
        assertThat(namedByLayout.select("#kc-attempted-username")).hasSize(1);
        assertThat(namedByLayout.select("#gigya-signed-in-as")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_browser_never_runs_a_file_of_an_older_version(LoginTheme theme) throws Exception {
        Document page = Jsoup.parse(new LoginPage(theme, Locale.ENGLISH).html());

        for (String path : List.of("js/gigya-login.js", "css/gigya-login.css")) {
            URL file = theme.resource(path).orElseThrow();
            assertThat(page.html())
                    .as("the version of %s in gigya-login.ftl; set it to the first eight digits of its SHA-256", path)
                    .contains("/" + path + "?v=" + sha256(file).substring(0, 8));
        }
    }

    private static String sha256(URL file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream stream = new DigestInputStream(file.openStream(), digest)) {
            stream.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
