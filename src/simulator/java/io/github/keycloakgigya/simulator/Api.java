package io.github.keycloakgigya.simulator;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The REST API: takes a request through the checks that every call passes, then to its method. */
final class Api {

    private static final Set<String> CONTROL_PARAMETERS = Set.of(
            "userKey",
            "secret",
            "sig",
            "timestamp",
            "nonce",
            "format",
            "callback",
            "context",
            "httpStatusCodes",
            "sdk",
            "login_token");

    private final Map<String, ApiMethod> methods;
    private final Function<String, Optional<Site>> sites;
    private final Authorisation authorisation;
    private final BrowserRules browserRules;
    private final Envelope envelope;

    Api(Map<String, ApiMethod> methods, Function<String, Optional<Site>> sites, BrowserRules rules, Clock clock) {
        this.methods = methods;
        this.sites = sites;
        this.browserRules = rules;
        this.authorisation = new Authorisation(clock);
        this.envelope = new Envelope(clock);
    }

    Answer answer(HttpRequest request) {
        try {
            ResponseFormat.check(request.parameters());
            var method = methods.get(request.method());
            if (method == null) {
                throw Refusal.of(GigyaError.INVALID_METHOD);
            }
            var site = site(request, method);
            if (site.isPresent()) {
                browserRules.check(request, site.get());
            }
            var caller = site.isPresent() ? authorisation.check(request, site.get()) : new Caller.Client();
            return answer(new Call(request, site, caller), method);
        } catch (Refusal refusal) {
            return refuse(request, refusal);
        }
    }

    private Answer answer(Call call, ApiMethod method) {
        var request = call.request();
        var ignored = unknown(request.parameters(), method, call.caller());
        try {
            var reply = method.answer(call);
            var answer = envelope.success(request, reply.members(), ignored);
            return withCors(
                    request,
                    reply.cookie()
                            .map(cookie -> answer.with(Map.of("Set-Cookie", cookie)))
                            .orElse(answer));
        } catch (Refusal refusal) {
            return withCors(request, envelope.refusal(request, refusal, ignored));
        }
    }

    Answer refuse(HttpRequest request, Refusal refusal) {
        return withCors(request, envelope.refusal(request, refusal, Set.of()));
    }

    private Answer withCors(HttpRequest request, Answer answer) {
        return answer.with(
                browserRules.corsHeaders(request, request.parameters().apiKey().flatMap(sites)));
    }

    private Optional<Site> site(HttpRequest request, ApiMethod method) throws Refusal {
        var apiKey = request.parameters().apiKey();
        if (apiKey.isEmpty() && method.worksWithoutSite()) {
            return Optional.empty();
        }
        var site = sites.apply(apiKey.orElseThrow(() -> Refusal.missing("apiKey")));
        if (site.isEmpty()) {
            throw Refusal.of(GigyaError.INVALID_API_KEY);
        }
        return site;
    }

    /** {@return the names of parameters that the method doesn't take from such a caller} Empty for unknown methods. */
    Set<String> unknown(HttpRequest request) {
        var method = methods.get(request.method());
        // Whether the credentials are right doesn't matter here: only whether the call is meant as a server's.
        var caller = request.presentsCredentials()
                ? new Caller.Partner(Site.builder().build())
                : new Caller.Client();
        return method == null ? Set.of() : unknown(request.parameters(), method, caller);
    }

    private static Set<String> unknown(Parameters parameters, ApiMethod method, Caller caller) {
        var unknown = new TreeSet<>(parameters.names());
        unknown.removeAll(CONTROL_PARAMETERS);
        unknown.removeAll(method.parameters(caller));
        unknown.removeIf(Parameters::isApiKey);
        return unknown;
    }
}
