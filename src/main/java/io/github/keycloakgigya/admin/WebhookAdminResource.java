package io.github.keycloakgigya.admin;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.github.keycloakgigya.admin.Hook.HookUrl;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.WebhookApi.Webhook;
import io.github.keycloakgigya.api.WebhookApi.WebhookDelivery;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.webhook.EventType;
import io.github.keycloakgigya.webhook.GigyaWebhookFactory;
import io.github.keycloakgigya.webhook.HookStatus;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.component.ComponentModel;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.urls.UrlType;

/** {@code /admin/realms/{realm}/gigya/webhook}: sets the webhook of a user federation up at Gigya, and looks after it. */
public final class WebhookAdminResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator permissions;
    private final AdminEventBuilder events;

    WebhookAdminResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator permissions, AdminEventBuilder events) {
        this.session = session;
        this.realm = realm;
        this.permissions = permissions;
        this.events = events;
    }

    /** The webhook as Gigya has it. An address is shown without its query. */
    public record AtGigya(String name, String url, boolean active, String version, SortedSet<String> events) {

        private static AtGigya of(Webhook webhook) {
            return new AtGigya(
                    webhook.name(),
                    HookUrl.shown(webhook.url()),
                    webhook.active(),
                    webhook.version(),
                    new TreeSet<>(webhook.events()));
        }
    }

    /** What became of Gigya's last message, sent at a time in ISO 8601; both are null where it has sent none. */
    public record LastDelivery(
            Integer statusCode,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant lastSent) {

        private static LastDelivery of(WebhookDelivery delivery) {
            return new LastDelivery(
                    delivery.status().isPresent() ? delivery.status().getAsInt() : null,
                    delivery.lastSent().orElse(null));
        }
    }

    /** What the node that answers has received since it started; the last message is null where there was none. */
    public record Received(
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant lastMessage,
            Map<String, Long> messages,
            Map<String, Long> events) {

        private static Received of(HookStatus status) {
            return new Received(
                    status.lastMessage().orElse(null),
                    new TreeMap<>(status.messages()),
                    new TreeMap<>(status.events()));
        }
    }

    /**
     * All that is known of the webhook.
     *
     * @param url where it should lead
     * @param on whether the federation takes messages: its setting {@code webhooks}
     * @param status {@code ok}, {@code missing}, {@code inactive}, {@code different}, {@code elsewhere},
     *     {@code foreign}
     * @param atGigya null where there is none
     * @param delivery null where there is none
     */
    public record Look(
            String url, boolean on, String status, AtGigya atGigya, LastDelivery delivery, Received received) {}

    /**
     * Makes the webhook at Gigya, or corrects it where it is not as it should be.
     *
     * @param request names the federation in {@code componentId}, and its address in {@code url} where it is not the
     *     realm's public one
     * @return what there is then
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Look register(Map<String, String> request) {
        permissions.realm().requireManageRealm();
        var asked = request == null ? Map.<String, String>of() : request;
        var component = NamedFederation.of(realm, asked.get("componentId"));
        return answer(component, asked.get("url"), (hook, settings) -> {
            if (!settings.webhooks().on()) {
                throw ErrorResponse.error(
                        "The federation takes no messages: switch its setting webhooks on first", Status.BAD_REQUEST);
            }
            if (hook.register()) {
                tell(component);
            }
        });
    }

    /** {@return what Gigya says of the webhook, and what has come in} The parameters are those of {@link #register}. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Look look(@QueryParam("componentId") String componentId, @QueryParam("url") String url) {
        permissions.realm().requireManageRealm();
        return answer(NamedFederation.of(realm, componentId), url, (hook, settings) -> {});
    }

    /** Removes the webhook at Gigya, and returns what there is then. The parameters are those of {@link #register}. */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Look remove(@QueryParam("componentId") String componentId, @QueryParam("url") String url) {
        permissions.realm().requireManageRealm();
        var component = NamedFederation.of(realm, componentId);
        return answer(component, url, (hook, settings) -> {
            if (hook.remove()) {
                tell(component);
            }
        });
    }

    private interface Work {
        void on(Hook hook, StorageSettings settings) throws GigyaException, Hook.NotOwnException;
    }

    private Look answer(ComponentModel component, String url, Work work) {
        try {
            var settings = StorageSettings.of(session, component);
            var own = ownUrl(component);
            var address = address(url == null ? own : url);
            var api = session.getProvider(GigyaConnector.class)
                    .connect(settings.site(), Purpose.TEST)
                    .api()
                    .webhooks();
            var hook = new Hook(
                    api,
                    Webhook.active(
                            "keycloak-gigya-" + component.getId(), address.uri(), Set.copyOf(EventType.handled())),
                    own.equals(address.uri().toString()));
            work.on(hook, settings);
            var found = hook.look();
            return new Look(
                    HookUrl.shown(address.uri().toString()),
                    settings.webhooks().on(),
                    found.state().name().toLowerCase(Locale.ROOT),
                    found.webhook().map(AtGigya::of).orElse(null),
                    found.webhook().isPresent()
                            ? LastDelivery.of(
                                    api.lastDelivery(found.webhook().get().url()))
                            : null,
                    Received.of(GigyaWebhookFactory.statusOf(session, component.getId())));
        } catch (SettingsException wrongSetting) {
            throw ErrorResponse.error(wrongSetting.getMessage(), Status.BAD_REQUEST);
        } catch (Hook.NotOwnException notOwn) {
            throw ErrorResponse.error(notOwn.getMessage(), Status.CONFLICT);
        } catch (GigyaException failed) {
            throw ErrorResponse.error(failed.getMessage(), Status.BAD_GATEWAY);
        }
    }

    private static HookUrl address(String url) {
        return HookUrl.of(url)
                .orElseThrow(() -> ErrorResponse.error(
                        "Gigya sends to addresses that begin with https:// and a host, and this one is "
                                + HookUrl.shown(url) + ". Set Keycloak's hostname, or name another url",
                        Status.BAD_REQUEST));
    }

    private String ownUrl(ComponentModel component) {
        return session.getContext()
                .getUri(UrlType.FRONTEND)
                .getBaseUriBuilder()
                .path("realms")
                .path(realm.getName())
                .path(StorageSettings.PROVIDER_ID)
                .path(component.getId())
                .path("webhook")
                .build()
                .toString();
    }

    private void tell(ComponentModel component) {
        events.operation(OperationType.ACTION)
                .resource(ResourceType.COMPONENT)
                .resourcePath("gigya", "webhook", component.getId())
                .success();
    }
}
