package io.github.keycloakgigya.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running stand-in for Gigya on {@code https://localhost:<port>}, or another host, which is the custom API domain of its
 * sites.
 *
 * <p>Thread-safe. Its certificate is issued by an authority of its own, see {@link #writeCertificate} and
 * {@link #writeTrustStore}.
 */
public final class GigyaSimulator implements AutoCloseable {

    // For who comes here to accept the certificate.
    private static final String WELCOME = """
            <!doctype html>
            <html lang="en">
            <title>Simulated Gigya</title>
            <p>This is the simulated Gigya site. Your browser accepts its certificate: go on with Keycloak's login page.</p>
            </html>
            """;

    private final Map<String, Site> sites = new ConcurrentHashMap<>();
    private final CertificateAuthority authority;
    private final SiblingPorts siblings;
    private final Optional<String> knownAs;
    private final SigningKeys keys = new SigningKeys();
    private final Tokens tokens = new Tokens(keys);
    private final Webhooks webhooks = new Webhooks(keys);
    private final Sessions sessions = new Sessions();
    private final SearchCursors searchCursors = new SearchCursors();
    private final Calls calls = new Calls();
    private final OpenIdProvider openIdProvider = new OpenIdProvider(this::site, keys, sessions);
    private final HttpsServer server;
    private final Faults faults;

    private GigyaSimulator(
            SimulatorPlace place, CertificateAuthority authority, SiblingPorts siblings, Optional<String> knownAs) {
        this.authority = authority;
        this.siblings = siblings;
        this.knownAs = knownAs;
        var clock = new SimulatorClock();
        var registrations = new Registrations();
        var signIn = new SignIn(tokens, sessions, registrations);
        var methods = ApiMethods.all(keys, tokens, sessions, registrations, searchCursors, webhooks, clock);
        var api = new Api(methods, this::site, new BrowserRules(), clock);
        var script = new Script(this::site);
        var socialPages = new SocialPages(this::site, signIn);
        var held = new HeldConnections();
        var front = new Front(
                request -> switch (request.method()) {
                    case "" -> Answer.html(200, WELCOME);
                    case "gigya.js" -> script.answer(request);
                    case "socialize.login" -> socialPages.choose(request);
                    case "socialize.finishLogin" -> socialPages.finish(request);
                    default ->
                        OpenIdProvider.nameOf(request.path()).isPresent()
                                ? openIdProvider.answer(request)
                                : api.answer(request);
                },
                api,
                calls,
                held,
                clock,
                method -> faults().next(method));
        server = new HttpsServer(place, authority, front, held::closeAll);
        faults = new Faults(clock, server);
    }

    /** {@return a simulator on a free port} */
    public static GigyaSimulator start() {
        return start(0);
    }

    /**
     * {@return a simulator on the given port of 127.0.0.1}
     *
     * @param port 0 for any free one
     * @throws java.io.UncheckedIOException with a {@link java.net.BindException} as cause where the port is in use
     */
    public static GigyaSimulator start(int port) {
        return start(SimulatorPlace.onLoopback(port), new CertificateAuthority(), new SiblingPorts(), Optional.empty());
    }

    /**
     * {@return a simulator that other machines and containers reach}
     *
     * @param host the name by which all of them reach it, the browser too
     * @param authority a file that keeps the authority of its certificates, so that who trusts it trusts it after the next
     *     start as well; it is written where it is not there
     */
    public static GigyaSimulator startFor(String host, int port, Path authority) {
        return start(
                SimulatorPlace.onAllInterfaces(host, port),
                CertificateAuthority.keptIn(authority),
                new SiblingPorts(),
                Optional.empty());
    }

    private static GigyaSimulator start(
            SimulatorPlace place, CertificateAuthority authority, SiblingPorts siblings, Optional<String> knownAs) {
        var simulator = new GigyaSimulator(place, authority, siblings, knownAs);
        simulator.server.start();
        return simulator;
    }

    /**
     * {@return another simulator on a free port, with sites, keys and faults of its own} Who trusts the certificate of
     * this one trusts the other's as well.
     */
    public GigyaSimulator startSibling() {
        return start(SimulatorPlace.onLoopback(siblings.take()), authority, siblings, Optional.empty());
    }

    /**
     * {@return a simulator of the data center's own hosts, whose sites browsers know by the address of this one} It has
     * sites, keys and faults of its own. Keycloak's calls have to be led to its {@link #port()}.
     *
     * @param hosts such as {@code *.us1.gigya.com}
     */
    public GigyaSimulator startDataCenter(String hosts) {
        return start(SimulatorPlace.named(hosts), authority, siblings, Optional.of(apiDomain()));
    }

    /** {@return host and port, such as {@code localhost:<port>}, as the setting {@code apiDomain} takes it} */
    public String apiDomain() {
        return knownAs.orElseGet(() -> server.host() + ":" + port());
    }

    /** {@return the API domains of this one and of all siblings that are going to be started} */
    public List<String> apiDomains() {
        return Stream.concat(Stream.of(apiDomain()), siblings.all().stream().map(port -> server.host() + ":" + port))
                .toList();
    }

    /** {@return the port where it listens} */
    public int port() {
        return server.port();
    }

    /** {@return the address of a path that begins with a slash, {@code /accounts.getJWT} say} */
    public URI uri(String path) {
        return URI.create("https://" + apiDomain() + path);
    }

    /**
     * Adds a site.
     *
     * @return the site
     * @throws IllegalArgumentException where the API key is taken
     */
    public Site addSite(SiteBuilder builder) {
        var site = builder.build();
        if (sites.putIfAbsent(site.apiKey(), site) != null) {
            throw new IllegalArgumentException("the API key is taken");
        }
        return site;
    }

    /** {@return the webhooks of a site, which no site has at first} */
    public SiteWebhooks webhooks(Site site) {
        return webhooks.of(site);
    }

    /** {@return the UIDs of all accounts that are or were there, of all sites} */
    public Set<String> uidsEver() {
        return sites.values().stream()
                .flatMap(site -> site.accounts().uidsEver().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@return the hashes of passwords that somebody was told, of all sites} */
    public Set<String> hashesTold() {
        return sites.values().stream()
                .flatMap(site -> site.accounts().hashesTold().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Site> site(String apiKey) {
        return Optional.ofNullable(sites.get(apiKey));
    }

    /** {@return what goes wrong, and the means to change it} */
    public Faults faults() {
        return faults;
    }

    /** {@return the requests that came in} */
    public Calls calls() {
        return calls;
    }

    /** {@return the cursors of {@code accounts.search}, and the means to end them} */
    public SearchCursors searchCursors() {
        return searchCursors;
    }

    /** Replaces the key that tokens are signed with; the key before it stays published until the next rotation. */
    public void rotateKeys() {
        keys.rotate();
    }

    /** {@return the id of the key that signs tokens now} */
    public String signingKeyId() {
        return keys.current().id();
    }

    /** {@return the key that signs tokens now} For tokens such as Gigya would never sign. */
    public KeyPair signingKeyPair() {
        return keys.current().pair();
    }

    /** {@return the public half of the key that signs tokens now} */
    public RSAPublicKey signingPublicKey() {
        return keys.current().publicKey();
    }

    /**
     * {@return a token with exactly this header and these claims, signed RS256 by the service's own key} For tokens
     * that Gigya signs for other purposes, and for those it never would.
     */
    public String signToken(Map<String, ?> header, Map<String, ?> claims) {
        return keys.current().sign(header, claims);
    }

    /** {@return the 60-second token that a browser gets by {@code include=id_token} after a login} No call is counted. */
    public String signInToken(Site site, Account account) {
        return tokens.signInToken(site, account, true);
    }

    /** {@return the token that a browser gets by {@code getJWT} with an audience} No call is counted. */
    public String accountToken(Site site, Account account, String audience) {
        return tokens.accountToken(site, account, Map.of(), Duration.ofSeconds(300), Optional.of(audience));
    }

    /** {@return the issuer of a site's OpenID provider, below which its endpoints are} */
    public String openIdIssuer(Site site) {
        return uri("/oidc/op/v1.0/" + site.apiKey()).toString();
    }

    /**
     * {@return where the site's OpenID provider sends a browser, in which the account has just signed in at Gigya} No call
     * is counted.
     *
     * @param authorizationRequest where a client has sent the browser
     * @throws IllegalArgumentException where the provider refuses without a redirect
     */
    public URI authorize(Site site, URI authorizationRequest, Account account) {
        try {
            var cookie = SessionCookie.holding(site, sessions.open(site, account, Instant.MAX));
            var request = new HttpRequest(
                    "GET",
                    authorizationRequest.getAuthority(),
                    authorizationRequest.getPath(),
                    Parameters.parse(authorizationRequest.getRawQuery()),
                    Map.of("cookie", cookie.split(";")[0]));
            var answer = openIdProvider.answer(request);
            return Optional.ofNullable(answer.headers().get("Location"))
                    .map(URI::create)
                    .orElseThrow(() -> new IllegalArgumentException(new String(answer.body(), StandardCharsets.UTF_8)));
        } catch (Refusal malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    /** Signs an account's owner in at Gigya, in a browser that nobody looks at. No call is counted. */
    public void signIn(Site site, Account account) {
        sessions.open(site, account, Instant.now().plus(Duration.ofHours(1)));
    }

    /** {@return how many sessions an account has} */
    public long openSessions(Account account) {
        return sessions.countOf(account);
    }

    /** {@return the certificate of the authority that a client must trust} */
    public X509Certificate certificate() {
        return authority.certificate();
    }

    /** Writes the authority's certificate as PEM text and returns the path. */
    public Path writeCertificate(Path file) throws IOException {
        return Files.writeString(file, authority.certificateAsPem());
    }

    /** Writes a PKCS#12 trust store with the authority's certificate and returns the path. */
    public Path writeTrustStore(Path file, String password) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("gigya-simulator", authority.certificate());
            store.store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Stops listening and drops all connections. */
    @Override
    public void close() {
        server.stop();
        webhooks.close();
    }
}
