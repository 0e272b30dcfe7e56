package io.github.keycloakgigya.api.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakgigya.api.AccountSection;
import io.github.keycloakgigya.api.FailureKind;
import io.github.keycloakgigya.api.GigyaApi.ApiMethod;
import io.github.keycloakgigya.api.GigyaException;
import io.github.keycloakgigya.api.GigyaSite.DataCenter;
import io.github.keycloakgigya.api.GigyaTime;
import io.github.keycloakgigya.api.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What Gigya answered: a JSON object with an envelope of {@code errorCode}, {@code callId} and more. All of it is
 * untrusted; a member of another type than expected makes the whole answer {@link FailureKind#UNAVAILABLE}.
 */
final class Answer {

    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");
    private static final int OK = 200;

    private final ApiMethod method;
    private final JsonNode json;
    private final OptionalInt errorCode;

    private Answer(ApiMethod method, JsonNode json, OptionalInt errorCode) {
        this.method = method;
        this.json = json;
        this.errorCode = errorCode;
    }

    /**
     * Takes the answer to a call.
     *
     * @param json an object
     * @throws GigyaException where the envelope says neither success nor failure
     */
    static Answer to(ApiMethod method, JsonNode json) throws GigyaException {
        var errorCode = json.path("errorCode");
        if (errorCode.isMissingNode() && !speaksOfFailure(json)) {
            return new Answer(method, json, OptionalInt.empty());
        }
        if (!errorCode.isIntegralNumber() || !errorCode.canConvertToInt() || errorCode.intValue() < 0) {
            throw new Answer(method, json, OptionalInt.empty()).malformed("errorCode");
        }
        return new Answer(method, json, OptionalInt.of(errorCode.intValue()));
    }

    private static boolean speaksOfFailure(JsonNode json) {
        return json.has("errorMessage")
                || json.has("errorDetails")
                || json.path("statusCode").asInt(OK) != OK;
    }

    /** {@return the error code; empty where the answer has none, which its other members then have to make up for} */
    OptionalInt errorCode() {
        return errorCode;
    }

    /** {@return the error code of an answer that holds nothing else, and so has to have one} */
    int acknowledged() throws GigyaException {
        return errorCode.orElseThrow(() -> malformed("errorCode"));
    }

    /** {@return the id of the call, where it has the form of one} */
    Optional<String> callId() {
        return optionalText("callId").filter(id -> CALL_ID.matcher(id).matches());
    }

    /** {@return the details of an error, empty where there are none} May hold personal data: not to be shown. */
    String errorDetails() {
        return optionalText("errorDetails").orElse("");
    }

    /** {@return the data center that the site is in, where Gigya named one that exists} */
    Optional<DataCenter> suggestedDataCenter() {
        return optionalText("apiDomain").flatMap(DataCenter::ofApiDomain);
    }

    boolean has(String member) {
        return json.has(member);
    }

    JsonNode array(String member) throws GigyaException {
        return array(json, member);
    }

    Optional<String> optionalText(String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }

    /** {@return a text of an object; empty where there is none} */
    Optional<String> optionalText(String objectMember, String member) {
        return Optional.ofNullable(json.path(objectMember).path(member).textValue());
    }

    /** {@return a text that is not empty; none where the member is absent, null or empty} */
    Optional<String> textIfAny(String member) throws GigyaException {
        var value = json.path(member);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            throw malformed(member);
        }
        return Optional.ofNullable(value.textValue()).filter(text -> !text.isEmpty());
    }

    /** {@return a text that is not empty} */
    String requiredText(String member) throws GigyaException {
        return optionalText(member).filter(text -> !text.isEmpty()).orElseThrow(() -> malformed(member));
    }

    /** {@return the UID of the account that the answer is about} */
    Uid requiredUid() throws GigyaException {
        return optionalText("UID").flatMap(Uid::of).orElseThrow(() -> malformed("UID"));
    }

    /** {@return the UID that was asked about} An answer about another account is none. */
    Uid requiredUid(Uid asked) throws GigyaException {
        if (!requiredUid().equals(asked)) {
            throw malformed("UID");
        }
        return asked;
    }

    boolean requiredBoolean(String member) throws GigyaException {
        var value = json.path(member);
        if (!value.isBoolean()) {
            throw malformed(member);
        }
        return value.booleanValue();
    }

    /** {@return what an object holds} */
    Answer inside(String objectMember) throws GigyaException {
        var object = json.path(objectMember);
        if (!object.isObject()) {
            throw malformed(objectMember);
        }
        return new Answer(method, object, errorCode);
    }

    /** {@return a whole number; empty where there is none} */
    OptionalInt optionalInt(String member) {
        var number = json.path(member);
        return number.isInt() ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }

    long requiredCount(String member) throws GigyaException {
        var count = json.path(member);
        if (!count.isIntegralNumber() || !count.canConvertToLong() || count.longValue() < 0) {
            throw malformed(member);
        }
        return count.longValue();
    }

    /** {@return whole seconds since 1970, which Gigya writes as a number or as text} */
    Instant requiredSeconds(String member) throws GigyaException {
        var seconds = json.path(member).asText();
        if (!SECONDS.matcher(seconds).matches()) {
            throw malformed(member);
        }
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /** {@return a time; empty where it is none} */
    Optional<Instant> time(String member) {
        return optionalText(member).flatMap(GigyaTime::of);
    }

    /** {@return all of the answer} */
    JsonNode json() {
        return json;
    }

    /**
     * {@return the texts of an array in an object; none where object or array are absent, as Gigya leaves out what is empty}
     */
    List<String> texts(String objectMember, String arrayMember) throws GigyaException {
        var object = json.path(objectMember);
        if (!object.isMissingNode() && !object.isObject()) {
            throw malformed(objectMember);
        }
        if (!object.has(arrayMember)) {
            return List.of();
        }
        var texts = new ArrayList<String>();
        for (var element : array(object, arrayMember)) {
            if (!element.isTextual()) {
                throw malformed(arrayMember);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /**
     * {@return the sections of an account, by their ids; those that Gigya left out, as it does what is empty, are not there}
     */
    Map<String, Object> sections(Collection<AccountSection> wanted) throws GigyaException {
        var names = wanted.stream().map(AccountSection::id).toList();
        for (var name : names) {
            if (!AnsweredObjects.isObjectOrAbsent(json.path(name))) {
                throw malformed(name);
            }
        }
        return AnsweredObjects.named(names, json);
    }

    /** {@return what a reader makes of the whole answer} */
    <T> T readBy(Function<JsonNode, T> reader) {
        return reader.apply(json);
    }

    private JsonNode array(JsonNode parent, String member) throws GigyaException {
        var array = parent.path(member);
        if (!array.isArray()) {
            throw malformed(member);
        }
        return array;
    }

    /** {@return the failure that the answer lacks a member, or has it in another form} */
    GigyaException malformed(String member) {
        var message = method.fullName() + " was answered without a usable \"" + member + "\"";
        return GigyaException.answered(FailureKind.UNAVAILABLE, message, 0, callId().orElse(null));
    }

    /** Leaves everything but the code out, so that no log shows it. */
    @Override
    public String toString() {
        return "Answer[errorCode=" + errorCode + "]";
    }
}
