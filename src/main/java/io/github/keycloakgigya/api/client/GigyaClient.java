package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.keycloakgigya.api.AccountInfo;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.CallGate;
import io.github.keycloakgigya.api.CallObserver;
import io.github.keycloakgigya.api.GigyaApi;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest;
import io.github.keycloakgigya.api.GigyaApi.GetJwtRequest.JwtAnswer;
import io.github.keycloakgigya.api.GigyaApi.LoginRequest;
import io.github.keycloakgigya.api.GigyaApi.PublicKeys;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite;
import io.github.keycloakgigya.api.Identifier;
import io.github.keycloakgigya.api.SearchQuery;
import io.github.keycloakgigya.api.SearchQuery.SearchPage;
import io.github.keycloakgigya.api.SectionQuery;
import io.github.keycloakgigya.api.SectionQuery.SectionPage;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.api.Uid.UidSignature;
import io.github.keycloakgigya.api.WebhookApi;
import io.github.keycloakgigya.api.client.AccountQuestion.IdentifierQuestion;
import io.github.keycloakgigya.api.client.ApiCalls.ServerClock;
import io.github.keycloakgigya.api.client.Deadlines.CallLimits;
import io.github.keycloakgigya.api.client.SearchAnswer.SectionAnswer;
import io.github.keycloakgigya.api.leaving.LeavingApi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.http.impl.client.CloseableHttpClient;

/**
 * Gigya's REST API over HTTPS, for one site. Made for one request to Keycloak: all calls through one instance share
 * {@link CallLimits#total()}. Safe for use by several threads.
 */
public final class GigyaClient implements GigyaApi {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> JWK = new TypeReference<>() {};
    private static final Pattern FIELD_PATH = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    private static final String KEY_OPERATIONS = "key_ops";

    private final GigyaSite site;
    private final ApiCalls calls;

    /**
     * Makes a client; nothing is sent yet.
     *
     * @param site which site is called
     * @param authorization how the calls are authorised
     * @param http the HTTP client, shared and pooled; this client neither configures nor closes it
     * @param clock the time at the site's API domain, shared by all clients of that domain
     * @param watchdog ends calls at their deadline, shared by all clients
     * @param limits bounds of time and size
     * @param gate lets each call begin, or does not
     * @param observer is told of every call
     */
    public GigyaClient(
            GigyaSite site,
            RequestAuthorization authorization,
            CloseableHttpClient http,
            ServerClock clock,
            Deadlines watchdog,
            CallLimits limits,
            CallGate gate,
            CallObserver observer) {
        this.site = Objects.requireNonNull(site, "site");
        this.calls = new ApiCalls(site, authorization, clock, new HttpExchange(http, watchdog, limits), gate, observer);
    }

    @Override
    public GigyaSite site() {
        return site;
    }

    @Override
    public JwtAnswer getJwt(GetJwtRequest request) throws GigyaException {
        var parameters = new TreeMap<String, String>();
        parameters.put("targetUID", request.targetUid().value());
        parameters.put("expiration", Long.toString(request.expiration().toSeconds()));
        if (!request.fields().isEmpty()) {
            parameters.put("fields", String.join(",", request.fields()));
        }
        request.audience().ifPresent(audience -> parameters.put("audience", audience));
        return calls.call(
                ApiMethod.GET_JWT,
                parameters,
                answer -> new JwtAnswer(answer.requiredText("id_token"), ignoredFields(answer)));
    }

    /** The reference says "listed"; recordings show a text that is empty. Names of another form are not fields. */
    private static Set<String> ignoredFields(Answer answer) {
        var listed = answer.optionalText("ignoredFields").orElse("");
        return Arrays.stream(listed.split(","))
                .map(String::strip)
                .filter(field -> FIELD_PATH.matcher(field).matches())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public PublicKeys getJwtPublicKeys() throws GigyaException {
        return calls.call(
                ApiMethod.GET_JWT_PUBLIC_KEY,
                Map.of("V2", "true"),
                answer -> new PublicKeys(answer.has("keys") ? jsonWebKeys(answer) : List.of(jsonWebKey(answer))));
    }

    private static List<Map<String, Object>> jsonWebKeys(Answer answer) throws GigyaException {
        var keys = new ArrayList<Map<String, Object>>();
        for (var key : answer.array("keys")) {
            if (!key.isObject()) {
                throw answer.malformed("keys");
            }
            keys.add(members(key));
        }
        if (keys.isEmpty()) {
            throw answer.malformed("keys");
        }
        return keys;
    }

    /** {@return the key of an answer without {@code V2}, where it stands between the members of the envelope} */
    private static Map<String, Object> jsonWebKey(Answer answer) throws GigyaException {
        var key = new HashMap<String, Object>();
        for (var member : List.of("kty", "kid", "n", "e")) {
            key.put(member, answer.requiredText(member));
        }
        for (var member : List.of("alg", "use")) {
            answer.optionalText(member).ifPresent(text -> key.put(member, text));
        }
        if (answer.has(KEY_OPERATIONS)) {
            var operations = new ArrayList<String>();
            answer.array(KEY_OPERATIONS).forEach(operation -> operations.add(operation.asText()));
            key.put(KEY_OPERATIONS, operations);
        }
        return key;
    }

    private static Map<String, Object> members(JsonNode key) {
        var members = JSON.convertValue(key, JWK);
        members.values().removeIf(Objects::isNull);
        return members;
    }

    @Override
    public AccountInfo getAccountInfo(Uid uid, Set<AccountSection> sections) throws GigyaException {
        var question = new AccountQuestion(uid, sections);
        return calls.call(ApiMethod.GET_ACCOUNT_INFO, question.parameters(), question::answered);
    }

    @Override
    public SearchPage find(Identifier identifier, Set<AccountSection> sections) throws GigyaException {
        var question = new IdentifierQuestion(identifier, sections);
        return calls.call(ApiMethod.FIND_ACCOUNT, question.parameters(), question::answered);
    }

    @Override
    public Uid login(LoginRequest request) throws GigyaException {
        var parameters = new TreeMap<String, String>();
        parameters.put("loginID", request.loginId());
        parameters.put("password", request.password());
        // By default the answer would hold profile and data, which are read from a signed token only.
        parameters.put("include", "id_token");
        request.clientAddress().ifPresent(address -> parameters.put("clientContext", clientContext(address)));
        return calls.call(ApiMethod.LOGIN, parameters, Answer::requiredUid);
    }

    private static String clientContext(String address) {
        return JSON.createObjectNode().put("clientIP", address).toString();
    }

    @Override
    public UidSignature exchangeUidSignature(UidSignature signature) throws GigyaException {
        return calls.call(
                ApiMethod.EXCHANGE_UID_SIGNATURE,
                Map.of(
                        "UID", signature.uid().value(),
                        "UIDSignature", signature.signature(),
                        "signatureTimestamp",
                                Long.toString(signature.timestamp().getEpochSecond())),
                answer -> new UidSignature(
                        answer.requiredUid(signature.uid()),
                        answer.requiredText("UIDSignature"),
                        answer.requiredSeconds("signatureTimestamp")));
    }

    @Override
    public SearchPage search(SearchQuery query) throws GigyaException {
        return calls.call(ApiMethod.SEARCH, Map.of("query", query.text()), SearchAnswer::page);
    }

    @Override
    public SearchPage openCursor(SearchQuery query) throws GigyaException {
        return calls.call(ApiMethod.SEARCH, Map.of("query", query.text(), "openCursor", "true"), SearchAnswer::page);
    }

    @Override
    public SearchPage nextPage(String cursor) throws GigyaException {
        return calls.call(ApiMethod.SEARCH, Map.of("cursorId", cursor), SearchAnswer::page);
    }

    @Override
    public SectionPage searchSection(SectionQuery query) throws GigyaException {
        var text = query.text()
                .orElseThrow(() -> GigyaException.unavailable("an account's UID can't be written in a query"));
        return calls.call(ApiMethod.SEARCH, Map.of("query", text), answer -> SectionAnswer.page(answer, query));
    }

    @Override
    public void logout(Uid uid) throws GigyaException {
        calls.call(ApiMethod.LOGOUT, Map.of("UID", uid.value()), Answer::acknowledged);
    }

    @Override
    public WebhookApi webhooks() {
        return new WebhookCalls(calls);
    }

    /** {@return the methods that tell what goes along with accounts} Nothing is called yet. */
    public LeavingApi leaving() {
        return new LeavingCalls(calls);
    }

    @Override
    public String toString() {
        return "GigyaClient[" + site + "]";
    }
}
