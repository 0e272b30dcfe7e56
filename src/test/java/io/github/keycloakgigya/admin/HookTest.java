package io.github.keycloakgigya.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakgigya.admin.Hook.HookUrl;
import io.github.keycloakgigya.admin.Hook.State;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.WebhookApi;
import io.github.keycloakgigya.api.WebhookApi.Webhook;
import io.github.keycloakgigya.api.WebhookApi.WebhookDelivery;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A user federation's webhook is made, corrected and removed, and nobody else's is touched. */
class HookTest {

    private static final String NAME = "keycloak-gigya-1";
    private static final URI URL = URI.create("https://sso.example.com/realms/shop/gigya/1/webhook");
    private static final Webhook WANTED = Webhook.active(NAME, URL, Set.of("accountUpdated", "accountDeleted"));

    private final SiteOfHooks site = new SiteOfHooks();
    private final Hook hook = new Hook(site, WANTED, true);

    @Test
    void it_is_made_where_there_is_none_and_left_alone_after_that() throws Exception {
        assertThat(hook.look().state()).isEqualTo(State.MISSING);
        assertThat(hook.register()).isTrue();
        assertThat(site.hooks).containsExactly(WANTED);
        assertThat(hook.look().state()).isEqualTo(State.OK);
        assertThat(hook.register()).isFalse();
        assertThat(site.writes).isEqualTo(1);
    }

    @Test
    void one_that_tells_of_other_events_is_corrected() throws Exception {
        site.hooks.add(new Webhook(NAME, URL.toString(), Set.of("accountLoggedIn"), true, "3.0"));
        assertThat(hook.look().state()).isEqualTo(State.DIFFERENT);
        assertThat(hook.register()).isTrue();
        assertThat(site.hooks).containsExactly(WANTED);
    }

    @Test
    void one_of_an_older_version_or_that_is_switched_off_is_corrected() throws Exception {
        site.hooks.add(new Webhook(NAME, URL.toString(), WANTED.events(), true, "2.0"));
        assertThat(hook.look().state()).isEqualTo(State.DIFFERENT);
        site.hooks.set(0, new Webhook(NAME, URL.toString(), WANTED.events(), false, "3.0"));
        assertThat(hook.look().state()).isEqualTo(State.INACTIVE);
        hook.register();
        assertThat(site.hooks).containsExactly(WANTED);
    }

    @Test
    void one_that_somebody_made_for_this_address_keeps_its_name() throws Exception {
        site.hooks.add(new Webhook("by hand", URL.toString(), WANTED.events(), false, "3.0"));
        hook.register();
        assertThat(site.hooks).containsExactly(new Webhook("by hand", URL.toString(), WANTED.events(), true, "3.0"));
        assertThat(hook.remove()).isTrue();
        assertThat(site.hooks).isEmpty();
    }

    @Test
    void one_of_its_name_that_leads_elsewhere_is_neither_overwritten_nor_removed() {
        var other = new Webhook(NAME, "https://staging.example.com/hook?token=secret", Set.of(), true, "3.0");
        site.hooks.add(other);
        assertThatThrownBy(hook::register)
                .isInstanceOf(Hook.NotOwnException.class)
                .hasMessageContaining("https://staging.example.com/hook.")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(hook::remove).isInstanceOf(Hook.NotOwnException.class);
        assertThat(site.hooks).containsExactly(other);
        assertThat(site.writes).isZero();
    }

    @Test
    void one_of_another_name_at_an_address_that_an_administrator_names_is_neither_overwritten_nor_removed()
            throws Exception {
        var crm =
                new Webhook("crm", "https://crm.example.com/hook?token=secret", Set.of("accountUpdated"), true, "2.0");
        site.hooks.add(crm);
        var named = named(crm.url());

        assertThat(named.look().state()).isEqualTo(State.FOREIGN);
        assertThatThrownBy(named::register)
                .isInstanceOf(Hook.NotOwnException.class)
                .hasMessageContaining("https://crm.example.com/hook ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(named::remove).isInstanceOf(Hook.NotOwnException.class);

        assertThat(site.hooks).containsExactly(crm);
        assertThat(site.writes).isZero();
    }

    @Test
    void one_of_its_name_at_an_address_that_an_administrator_names_is_made_corrected_and_removed() throws Exception {
        var gateway = "https://hooks.example.com/gigya";
        var named = named(gateway);

        assertThat(named.register()).isTrue();
        site.hooks.set(0, new Webhook(NAME, gateway, Set.of(), false, "3.0"));
        site.hooks.add(0, new Webhook("by hand", gateway, Set.of("accountUpdated"), true, "3.0"));
        assertThat(named.look().state()).isEqualTo(State.INACTIVE);
        assertThat(named.register()).isTrue();
        assertThat(named.look().state()).isEqualTo(State.OK);
        assertThat(named.remove()).isTrue();

        assertThat(site.hooks).extracting(Webhook::name).containsExactly("by hand");
    }

    private Hook named(String url) {
        return new Hook(site, Webhook.active(NAME, URI.create(url), WANTED.events()), false);
    }

    @Test
    void others_of_the_site_stay_as_they_are() throws Exception {
        var other = new Webhook("shop", "https://shop.example.com/", Set.of("accountUpdated"), true, "2.0");
        site.hooks.add(other);
        hook.register();
        hook.remove();
        assertThat(site.hooks).containsExactly(other);
        assertThat(hook.remove()).isFalse();
    }

    @Test
    void gigya_sends_to_https_alone_but_for_this_machine() {
        assertThat(HookUrl.of("https://sso.example.com/hook")).isPresent();
        assertThat(HookUrl.of("http://localhost:8080/hook")).isPresent();
        assertThat(List.of(
                        "http://sso.example.com/hook",
                        "http://localhost.example.com/",
                        "https:///hook",
                        "https://user:password@sso.example.com/",
                        "https://sso.example.com/#here",
                        "javascript:alert(1)",
                        "no address",
                        ""))
                .allSatisfy(url -> assertThat(HookUrl.of(url)).isEmpty());
    }

    private static final class SiteOfHooks implements WebhookApi {

        final List<Webhook> hooks = new ArrayList<>();
        int writes;

        @Override
        public List<Webhook> all() {
            return List.copyOf(hooks);
        }

        @Override
        public WebhookDelivery lastDelivery(String url) throws GigyaException {
            return new WebhookDelivery(OptionalInt.empty(), Optional.empty());
        }

        @Override
        public void set(Webhook webhook) {
            writes++;
            hooks.removeIf(hook -> hook.name().equals(webhook.name()));
            hooks.add(webhook);
        }

        @Override
        public void delete(String name) {
            writes++;
            hooks.removeIf(hook -> hook.name().equals(name));
        }
    }
}
