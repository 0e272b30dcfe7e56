package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;

/** The users that realms of the sign-in benchmarks start with: the same people in each. */
final class People {

    static final String PASSWORD = "correct horse battery staple";

    private People() {}

    /** Adds users who have {@link #PASSWORD}. */
    static void addWithPassword(ObjectNode realm, int people) {
        IntStream.range(0, people)
                .forEach(person -> user(realm, person)
                        .put("id", id(person))
                        .putArray("credentials")
                        .addObject()
                        .put("type", "password")
                        .put("value", PASSWORD));
    }

    /** Adds users who are linked with an account of an identity provider. */
    static void addLinked(ObjectNode realm, String provider, Iterable<String> accountIds) {
        int person = 0;
        for (String accountId : accountIds) {
            user(realm, person)
                    .putArray("federatedIdentities")
                    .addObject()
                    .put("identityProvider", provider)
                    .put("userId", accountId)
                    .put("userName", username(person));
            person++;
        }
    }

    private static ObjectNode user(ObjectNode realm, int person) {
        return realm.withArray("/users")
                .addObject()
                .put("username", username(person))
                .put("email", username(person) + "@example.org")
                .put("emailVerified", true)
                .put("firstName", "First" + person)
                .put("lastName", "Last" + person)
                .put("enabled", true);
    }

    static String username(int person) {
        return "person" + person;
    }

    /** {@return the id of a user in the realm where people have passwords} */
    static String id(int person) {
        return UUID.nameUUIDFromBytes(username(person).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
