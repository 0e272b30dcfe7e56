package io.github.keycloakgigya.api;

import java.util.List;

/**
 * The methods of Gigya's REST API about a site's webhooks. They want rights of the application key that nothing else here
 * wants.
 *
 * <p>Every method throws {@link GigyaException} where it does not succeed, and never returns null.
 */
public interface WebhookApi {

    /** {@return all webhooks of the site} Calls {@code accounts.webhooks.getAll}. */
    List<Webhook> all() throws GigyaException;

    /**
     * {@return what became of the last message} Calls {@code accounts.webhooks.getStatus}.
     *
     * @param url of the webhook, as Gigya has it
     */
    WebhookDelivery lastDelivery(String url) throws GigyaException;

    /**
     * Makes a webhook, or changes the one of the same name, whoever made it. Its messages are signed by a token, and hold
     * no parameters of calls. Calls {@code accounts.webhooks.set}.
     */
    void set(Webhook webhook) throws GigyaException;

    /** Removes the webhook of that name, whoever made it. Calls {@code accounts.webhooks.delete}. */
    void delete(String name) throws GigyaException;
}
