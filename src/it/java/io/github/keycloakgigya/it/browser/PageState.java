package io.github.keycloakgigya.it.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What a person may find on the page. */
enum PageState {
    /** Gigya's script is on its way. */
    LOADING {
        @Override
        void reach(Window window, String email, String otherEmail, Consumer<PageState> look) {
            window.context().route(SCRIPT, route -> {});
            window.open();
            assertThat(window.element("#gigya-status")).isVisible();
            look.accept(this);
        }
    },
    /** The screen-set is there. */
    SCREEN_SET {
        @Override
        void reach(Window window, String email, String otherEmail, Consumer<PageState> look) {
            assertThat(window.open().loginId()).isVisible();
            look.accept(this);
        }
    },
    /** Gigya's script did not come. */
    FAILED {
        @Override
        void reach(Window window, String email, String otherEmail, Consumer<PageState> look) {
            window.context().route(SCRIPT, Route::abort);
            window.open();
            assertThat(window.element("#gigya-error")).isVisible();
            assertThat(window.element("#gigya-retry")).isVisible();
            look.accept(this);
        }
    },
    /** JavaScript is off. What the browser would show then is shown with it, since axe-core needs it. */
    NO_SCRIPT {
        @Override
        void reach(Window window, String email, String otherEmail, Consumer<PageState> look) {
            window.context().route(PAGE, route -> {
                var page = route.fetch();
                var withoutScripts =
                        page.text().replaceAll("(?s)<script.*?</script>", "").replace("noscript>", "div>");
                route.fulfill(new Route.FulfillOptions().setResponse(page).setBody(withoutScripts));
            });
            window.open();
            assertThat(window.element("#gigya > div .kc-feedback-text").first()).isVisible();
            look.accept(this);
        }
    },
    /** Who is signed in already is asked to sign in again. */
    CONFIRMING {
        @Override
        void reach(Window window, String email, String otherEmail, Consumer<PageState> look) {
            SCREEN_SET.reach(window, email, otherEmail, look);
            window.signIn(email).tokens();
            assertThat(window.open(Map.of("prompt", "login")).loginId()).isVisible();
            look.accept(this);
        }
    },
    /** Keycloak refused an account, and the person may choose another. */
    REFUSED {
        @Override
        void reach(Window window, String email, String otherEmail, Consumer<PageState> look) {
            CONFIRMING.reach(window, email, otherEmail, look);
            window.signIn(otherEmail);
            assertThat(window.element("#gigya-other-account")).isVisible();
            look.accept(this);
        }
    };

    private static final String PAGE = "**/protocol/openid-connect/auth?*";
    private static final String SCRIPT = "**/js/gigya.js*";

    /**
     * Brings a window that has not opened anything yet to this state.
     *
     * @param email of an account
     * @param otherEmail of an account of somebody else
     * @param look at each state on the way, and at this one
     */
    abstract void reach(Window window, String email, String otherEmail, Consumer<PageState> look);

    void reach(Window window, String email, String otherEmail) {
        reach(window, email, otherEmail, state -> {});
    }

    /** {@return the states that are on the way to no other} Who looks on the way to each of them sees all there are. */
    static Stream<PageState> last() {
        return Stream.of(LOADING, FAILED, NO_SCRIPT, REFUSED);
    }
}
