package io.github.keycloakgigya.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Right answers of {@code accounts.search} that then lie. The call takes place, so that a cursor moves on. */
public final class SearchFaults {

    private SearchFaults() {}

    /** {@return a fault that answers no account and no further page, while the total stays} */
    public static Fault emptyPage() {
        return changed(answer -> {
            answer.putArray("results");
            answer.put("objectsCount", 0).remove("nextCursorId");
        });
    }

    /** {@return a fault that says nothing is there at all: no account, no further page, a total of zero} */
    public static Fault nothing() {
        return changed(answer -> {
            answer.putArray("results");
            answer.put("objectsCount", 0).put("totalCount", 0).remove("nextCursorId");
        });
    }

    /** {@return a fault that says that the total is zero, beside the right accounts} */
    public static Fault totalZero() {
        return changed(answer -> answer.put("totalCount", 0));
    }

    /** {@return a fault that leaves out that there are further pages, while the total stays} */
    public static Fault earlyEnd() {
        return changed(answer -> answer.remove("nextCursorId"));
    }

    /**
     * {@return a fault that answers the accounts of the first page it meets in all later ones too} The cursor moves on
     * and ends as it should.
     */
    public static Fault repeatedPage() {
        var first = new AtomicReference<JsonNode>();
        return changed(answer -> repeat(answer, first));
    }

    /** {@return a fault that answers the first page it meets again and again, and always tells of a further one} */
    public static Fault endlessPages() {
        var first = new AtomicReference<JsonNode>();
        var cursor = new AtomicReference<JsonNode>();
        return changed(answer -> {
            repeat(answer, first);
            cursor.compareAndSet(null, answer.get("nextCursorId"));
            answer.set("nextCursorId", cursor.get());
        });
    }

    private static void repeat(ObjectNode answer, AtomicReference<JsonNode> first) {
        first.compareAndSet(null, answer.get("results"));
        answer.set("results", first.get());
        answer.put("objectsCount", first.get().size());
    }

    /** {@return a fault that leaves the UID of the page's first account out} */
    public static Fault withoutUid() {
        return changed(answer -> account(answer, 0).remove("UID"));
    }

    /** {@return a fault that gives the page's second account the UID of the first} */
    public static Fault doubledUid() {
        return changed(
                answer -> account(answer, 1).set("UID", account(answer, 0).get("UID")));
    }

    /** {@return a fault that gives the page's first account the UID that another person has} */
    public static Fault foreignUid(String uid) {
        return changed(answer -> account(answer, 0).put("UID", uid));
    }

    /** {@return a fault that gives the page's first account a text of this many characters in {@code data.<name>}} */
    public static Fault hugeAccount(String name, int characters) {
        return changed(answer -> {
            var account = account(answer, 0);
            var data = account.get("data") instanceof ObjectNode object ? object : account.putObject("data");
            data.put(name, "x".repeat(characters));
        });
    }

    private static ObjectNode account(ObjectNode answer, int index) {
        return (ObjectNode) ((ArrayNode) answer.get("results")).get(index);
    }

    private static Fault changed(Consumer<ObjectNode> change) {
        return delivery -> delivery.send(delivery.rightAnswer().changed(change));
    }
}
