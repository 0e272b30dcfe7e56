package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.Map;

/** What a person may find on the page. */
enum PageState {
    /** Gigya's script is on its way. */
    LOADING {
        @Override
        void reach(Window window, String email, String otherEmail) {
            window.context().route(SCRIPT, route -> {});
            window.open();
            assertThat(window.element("#gigya-status")).isVisible();
        }
    },
    /** The screen-set is there. */
    SCREEN_SET {
        @Override
        void reach(Window window, String email, String otherEmail) {
            assertThat(window.open().loginId()).isVisible();
        }
    },
    /** Gigya's script did not come. */
    FAILED {
        @Override
        void reach(Window window, String email, String otherEmail) {
            window.context().route(SCRIPT, Route::abort);
            window.open();
            assertThat(window.element("#gigya-error")).isVisible();
            assertThat(window.element("#gigya-retry")).isVisible();
        }
    },
    /** JavaScript is off. What the browser would show then is shown with it, since axe-core needs it. */
    NO_SCRIPT {
        @Override
        void reach(Window window, String email, String otherEmail) {
            window.context().route(PAGE, route -> {
                var page = route.fetch();
                var withoutScripts =
                        page.text().replaceAll("(?s)<script.*?</script>", "").replace("noscript>", "div>");
                route.fulfill(new Route.FulfillOptions().setResponse(page).setBody(withoutScripts));
            });
            window.open();
            assertThat(window.element("#gigya > div .kc-feedback-text").first()).isVisible();
        }
    },
    /** Who is signed in already is asked to sign in again. */
    CONFIRMING {
        @Override
        void reach(Window window, String email, String otherEmail) {
            window.open().signIn(email).tokens();
            assertThat(window.open(Map.of("prompt", "login")).loginId()).isVisible();
        }
    },
    /** Keycloak refused an account, and the person may choose another. */
    REFUSED {
        @Override
        void reach(Window window, String email, String otherEmail) {
            CONFIRMING.reach(window, email, otherEmail);
            window.signIn(otherEmail);
            assertThat(window.element("#gigya-other-account")).isVisible();
        }
    };

    private static final String PAGE = "**/protocol/openid-connect/auth?*";
    private static final String SCRIPT = "**/js/gigya.js*";

    /**
     * Brings a window that has not opened anything yet to this state.
     *
     * @param email of an account
     * @param otherEmail of an account of somebody else
     */
    abstract void reach(Window window, String email, String otherEmail);
}
