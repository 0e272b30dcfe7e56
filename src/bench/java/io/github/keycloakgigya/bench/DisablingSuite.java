package io.github.keycloakgigya.bench;

import com.sun.net.httpserver.HttpServer;
import io.github.keycloakgigya.it.PostgresServer;
import io.github.keycloakgigya.server.HttpBrowser;
import io.github.keycloakgigya.server.KeycloakDistribution;
import io.github.keycloakgigya.server.LoginFlow;
import io.github.keycloakgigya.server.ServerFailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A sync that disables everybody of a site, who all have a session at a client that wants to be told, beside the same sync
 * where nobody has a session.
 */
final class DisablingSuite implements Suite {

    private static final String NAME = "sync-disables";
    private static final int PEOPLE = 5_000;
    private static final double TARGET = 0.05;
    private static final Duration LONGEST_TELLING = Duration.ofMinutes(2);

    private final KeycloakDistribution distribution;
    private final PostgresServer postgres;

    DisablingSuite(KeycloakDistribution distribution, PostgresServer postgres) {
        this.distribution = distribution;
        this.postgres = postgres;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Results results) {
        var told = new CountDownLatch(PEOPLE);
        var client = client(told);
        try (var gigya = GigyaSite.start(PEOPLE);
                var realm = FederatedRealm.startForSignIns(distribution, postgres, gigya, "gigya_disables")) {
            FullSync.measure(realm, FullSync.Statistics.PLAIN);
            realm.tell("http://localhost:" + client.getAddress().getPort() + "/logout");
            disable(realm, gigya);
            var without = disable(realm, gigya);
            giveSessions(realm, gigya);
            var with = disable(realm, gigya);
            awaitAll(told, results);
            if (sessions(realm) > 0) {
                throw new ServerFailureException("Sessions of users who were disabled are still there.");
            }
            results.add(Comparison.ofRates(
                    NAME, with.rate(), without.rate(), "the same sync without sessions", "users/s", TARGET));
        } finally {
            client.stop(0);
        }
    }

    // Not the administrator's.
    private static long sessions(FederatedRealm realm) {
        return realm.database()
                .number("select count(*) from offline_user_session s join user_entity u on u.id = s.user_id"
                        + " where u.federation_link <> ''");
    }

    private static SyncRun disable(FederatedRealm realm, GigyaSite gigya) {
        gigya.setActive(true);
        realm.fullSync();
        realm.database().analyze();
        Bench.step("A full sync that disables " + PEOPLE + " users, with " + sessions(realm) + " sessions");
        gigya.setActive(false);
        var run = realm.fullSync();
        var enabled =
                realm.database().number("select count(*) from user_entity where enabled and federation_link <> ''");
        if (enabled > 0) {
            throw new ServerFailureException("The sync left " + enabled + " users enabled.");
        }
        return run;
    }

    // One person signs in. All others get the same session, as rows of their own.
    private static void giveSessions(FederatedRealm realm, GigyaSite gigya) {
        gigya.setActive(true);
        realm.fullSync();
        var login = new LoginFlow(
                HttpBrowser.of(realm.address()), FederatedRealm.REALM, SignInSuite.CLIENT, SignInSuite.REDIRECT);
        login.finish(gigya.signIn(login, login.begin(), 0));
        realm.database().execute("""
                insert into offline_client_session
                select (jsonb_populate_record(c, jsonb_build_object('user_session_id', u.id))).*
                from offline_client_session c join offline_user_session s on s.user_session_id = c.user_session_id
                join user_entity p on p.id = s.user_id and p.federation_link <> '', user_entity u
                where u.federation_link <> '' and u.id not in (select user_id from offline_user_session)""");
        realm.database().execute("""
                insert into offline_user_session
                select (jsonb_populate_record(s, jsonb_build_object('user_session_id', u.id, 'user_id', u.id))).*
                from offline_user_session s
                join user_entity p on p.id = s.user_id and p.federation_link <> '', user_entity u
                where u.federation_link <> '' and u.id not in (select user_id from offline_user_session)""");
    }

    private static void awaitAll(CountDownLatch told, Results results) {
        var begun = Instant.now();
        try {
            told.await(LONGEST_TELLING.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        results.add(
                "Clients told of 5,000 sessions that a sync ended",
                String.format(
                        Locale.ROOT,
                        "%,d, the last one %,d ms after the sync",
                        PEOPLE - told.getCount(),
                        Duration.between(begun, Instant.now()).toMillis()));
    }

    private static HttpServer client(CountDownLatch told) {
        try {
            var client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            client.setExecutor(Executors.newCachedThreadPool());
            client.createContext("/logout", exchange -> {
                exchange.getRequestBody().readAllBytes();
                told.countDown();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            client.start();
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
