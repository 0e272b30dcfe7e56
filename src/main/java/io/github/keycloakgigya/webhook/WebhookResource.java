package io.github.keycloakgigya.webhook;

import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.federation.settings.WebhookSettings;
import io.github.keycloakgigya.monitoring.WebhookMeters;
import io.github.keycloakgigya.monitoring.WebhookMeters.MessageOutcome;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.settings.SettingsReader;
import io.github.keycloakgigya.settings.connector.GigyaConnector;
import io.github.keycloakgigya.settings.connector.GigyaConnector.Purpose;
import io.github.keycloakgigya.token.GigyaTokenVerifier.VerifiedToken;
import io.github.keycloakgigya.token.TokenExpectation;
import io.github.keycloakgigya.token.TokenRefusedException;
import io.github.keycloakgigya.webhook.MessageParser.Hint;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;

/**
 * {@code POST /realms/{realm}/gigya/{id of a user federation}/webhook}: takes a message of Gigya.
 *
 * <p>Anybody can reach it. Until the token in its header is verified, a request costs what the check of one signature
 * costs: its body is not read, and it leaves nothing in the log.
 */
public final class WebhookResource {

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);

    private static final String SIGNATURE = "x-gigya-sig-jwt";

    // Gigya sends again what was not answered by 2xx, and nothing says with a new token. What an old message may do is
    // what is true at Gigya now.
    private static final Duration OLDEST = Duration.ofHours(24);

    private static final int RETRY_SECONDS = 30;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final HookNode node;

    WebhookResource(KeycloakSession session, HookNode node) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.node = node;
    }

    /**
     * {@return 204 where all is done that the message asks for, so that Gigya does not send it again; else why not}
     *
     * @param id of the user federation
     * @param body of the message, as it is received
     * @throws NotFoundException where the realm has no such federation, or it takes no messages: one answer for all
     */
    @POST
    @Path("{id}/webhook")
    public Response receive(@PathParam("id") String id, InputStream body) {
        var component = open(id).orElseThrow(NotFoundException::new);
        var outcome = outcome(component, body);
        meters().message(outcome);
        node.log(id).message(outcome);
        // Keycloak makes 500 of most answers without a type (DefaultSecurityHeadersProvider of 26.7).
        var answer = Response.status(outcome.status()).type(MediaType.TEXT_PLAIN_TYPE);
        return outcome.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()
                ? answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS).build()
                : answer.build();
    }

    private Optional<ComponentModel> open(String id) {
        return Optional.ofNullable(realm.getComponent(id))
                .filter(found -> realm.isEnabled())
                .filter(found -> UserStorageProvider.class.getName().equals(found.getProviderType()))
                .filter(found -> StorageSettings.PROVIDER_ID.equals(found.getProviderId()))
                .filter(found -> new UserStorageProviderModel(found).isEnabled())
                .filter(found -> WebhookSettings.areOn(SettingsReader.ofComponent(found.getConfig())));
    }

    private MessageOutcome outcome(ComponentModel component, InputStream body) {
        try {
            var settings = StorageSettings.of(session, component);
            return seated(component, settings, verified(settings), body);
        } catch (SettingsException wrong) {
            return misconfigured(component, wrong.getMessage());
        } catch (RefusedMessageException refused) {
            LOG.debugf("A message to user federation %s is refused: %s", component.getId(), refused.getMessage());
            return refused.outcome();
        } catch (GigyaException failed) {
            return failed.kind() == FailureKind.MISCONFIGURED
                    ? misconfigured(component, failed.getMessage())
                    : MessageOutcome.UNAVAILABLE;
        }
    }

    private VerifiedToken verified(StorageSettings settings) throws RefusedMessageException, GigyaException {
        var site = settings.site();
        var tokens = connector().connect(site, Purpose.MESSAGE).tokens();
        try {
            return tokens.verify(token(), TokenExpectation.webhook(site.site().apiKey(), OLDEST));
        } catch (TokenRefusedException refused) {
            throw new RefusedMessageException(MessageOutcome.REFUSED, "its token was " + refused.getMessage());
        }
    }

    private String token() throws RefusedMessageException {
        var values = Optional.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(SIGNATURE))
                .orElse(List.of());
        if (values.size() != 1) {
            throw new RefusedMessageException(MessageOutcome.REFUSED, "it has no token, or several");
        }
        return values.get(0);
    }

    private MessageOutcome seated(
            ComponentModel component, StorageSettings settings, VerifiedToken token, InputStream body)
            throws RefusedMessageException, GigyaException {
        var free = node.seats().take(settings.site().site().apiKey(), component.getId(), token);
        if (free.isEmpty()) {
            return MessageOutcome.BUSY;
        }
        try (var seat = free.get()) {
            var hints = MessageParser.parse(new MessageBody(token, meters(), seat).read(body));
            count(component, hints);
            var accounts = new ErrandWork(
                    session.getKeycloakSessionFactory(), realm.getId(), component.getId(), settings, node);
            return new MessageWork(accounts, node, meters()).outcome(hints);
        }
    }

    private void count(ComponentModel component, List<Hint> hints) {
        var now = node.clock().instant();
        var log = node.log(component.getId());
        log.signed(now);
        for (var hint : hints) {
            meters().event(hint.type().code());
            log.event(hint.type());
            hint.at()
                    .map(at -> Duration.between(at, now))
                    .filter(age -> !age.isNegative())
                    .ifPresent(meters()::age);
        }
    }

    private MessageOutcome misconfigured(ComponentModel component, String reason) {
        if (node.mayWarn(component.getId())) {
            LOG.warnf("User federation %s can't take messages of Gigya: %s", component.getId(), reason);
        }
        return MessageOutcome.MISCONFIGURED;
    }

    private GigyaConnector connector() {
        return session.getProvider(GigyaConnector.class);
    }

    private WebhookMeters meters() {
        return connector().meters().webhooks();
    }
}
