package io.github.keycloakgigya.simulator;

import io.undertow.Undertow;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;

/** A customer's login page on {@code http://localhost:<port>}, with a policy that forbids eval and inline code. */
final class LoginPageServer implements AutoCloseable {

    private final Undertow server;

    LoginPageServer(GigyaSimulator simulator, Site site) {
        var gigya = "https://" + simulator.apiDomain();
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> {
                    if (exchange.getRequestPath().equals("/page.js")) {
                        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/javascript");
                        exchange.getResponseSender().send(script(exchange.getQueryString()));
                        return;
                    }
                    exchange.getResponseHeaders()
                            .put(Headers.CONTENT_TYPE, "text/html; charset=utf-8")
                            .put(
                                    new HttpString("Content-Security-Policy"),
                                    "default-src 'none'; script-src 'self' " + gigya + "; connect-src " + gigya);
                    if (exchange.getQueryString().contains("noReferrer")) {
                        exchange.getResponseHeaders().put(new HttpString("Referrer-Policy"), "no-referrer");
                    }
                    exchange.getResponseSender()
                            .send("<!doctype html><title>page</title><div id=\"screens\"></div>"
                                    + "<script src=\"/page.js?" + exchange.getQueryString() + "\"></script>"
                                    + "<script src=\"" + gigya + "/js/gigya.js?apikey=" + site.apiKey()
                                    + "\"></script>");
                })
                .build();
        server.start();
    }

    /** The query of the page is its parameters of {@code showScreenSet}. */
    private static String script(String query) {
        return """
                window.events = [];
                window.onGigyaServiceReady = () => {
                  gigya.accounts.addEventHandlers({
                    onLogin: event => events.push(event), onLogout: event => events.push(event)});
                  gigya.accounts.showScreenSet({
                    screenSet: 'Default-RegistrationLogin', startScreen: 'gigya-login-screen', containerID: 'screens',
                    include: 'profile,id_token', onError: event => events.push(event),
                    ...Object.fromEntries(new URLSearchParams('%s'))});
                };
                window.ask = (method, parameters) => new Promise(
                  resolve => gigya.accounts[method]({...parameters, callback: resolve}));
                """.formatted(query);
    }

    String url(String host, String query) {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return "http://" + host + ":" + address.getPort() + "/?" + query;
    }

    @Override
    public void close() {
        server.stop();
    }
}
