package io.github.keycloakgigya.sync.bulk;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakgigya.account.AddressRule.KnownAddresses;
import io.github.keycloakgigya.api.Uid;
import io.github.keycloakgigya.federation.FoundProfile;
import io.github.keycloakgigya.federation.ImportedProfile;
import io.github.keycloakgigya.federation.UserIds;
import io.github.keycloakgigya.federation.settings.StorageSettings;
import io.github.keycloakgigya.settings.SettingsException;
import io.github.keycloakgigya.storage.GigyaUserStorageProviderFactory;
import io.github.keycloakgigya.sync.bulk.BulkUsers.InactiveAccount;
import jakarta.persistence.Tuple;
import jakarta.persistence.TupleElement;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.sql.Clob;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageProvider;

/** Lets a test reach {@link BulkUsers} inside the server. The jar that is shipped has nothing of it. */
public final class BulkResource {

    private static final ObjectMapper JSON = new ObjectMapper().addMixIn(Uid.class, UidAsText.class);

    private final KeycloakSession session;

    BulkResource(KeycloakSession session) {
        this.session = session;
    }

    /**
     * Does something with the users of the realm's only federation.
     *
     * @param way {@code entities}, {@code model}, or {@code chosen} for what the server chose
     * @param body accounts, or what the operation needs
     */
    @POST
    @Path("{way}/{operation}")
    @Consumes("application/json")
    @Produces("application/json")
    public String post(@PathParam("way") String way, @PathParam("operation") String operation, String body)
            throws IOException, SettingsException {
        var federation = federation();
        var users = users(way, federation);
        var input = JSON.readTree(body);
        var answer = switch (operation) {
            case "write" -> users.write(accounts(input));
            case "disable" -> disable(users, accounts(input));
            case "preview" -> users.preview(accounts(input));
            case "after" ->
                users.after(input.path("id").asText(), input.path("most").asInt()).stream()
                        .map(BulkResource::told)
                        .toList();
            case "count" -> users.count();
            case "way" -> users.getClass().getSimpleName();
            case "late" -> late(federation, accounts(input));
            case "rows" -> rows(input.path("id").asText());
            default -> throw new IllegalArgumentException(operation);
        };
        return JSON.writeValueAsString(answer);
    }

    private static Map<String, Object> told(BulkUsers.KnownUser user) {
        return Map.of(
                "id", user.id(),
                "uid", user.uid().map(Uid::value).orElse(""),
                "enabled", user.enabled());
    }

    private static String disable(BulkUsers users, List<FoundProfile> accounts) {
        users.disable(accounts.stream()
                .flatMap(account -> InactiveAccount.of(account).stream())
                .toList());
        return "done";
    }

    private DetachedFederation federation() throws SettingsException {
        var realm = session.getContext().getRealm();
        var component = realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                .findFirst()
                .map(ComponentModel::new)
                .orElseThrow();
        var settings = StorageSettings.of(session, component);
        return new DetachedFederation(session.getKeycloakSessionFactory(), realm.getId(), component.getId(), settings);
    }

    private BulkUsers users(String way, DetachedFederation federation) {
        return switch (way) {
            case "entities" -> new JpaBulkUsers(federation);
            case "model" -> new ModelBulkUsers(federation);
            default ->
                ((GigyaUserStorageProviderFactory) session.getKeycloakSessionFactory()
                                .getProviderFactory(
                                        UserStorageProvider.class, GigyaUserStorageProviderFactory.PROVIDER_ID))
                        .bulk()
                        .users(federation);
        };
    }

    // An administrator saves every user between the look and the write.
    private static Map<String, Integer> late(DetachedFederation federation, List<FoundProfile> accounts) {
        var batch = federation.inTransaction((own, realm) -> JpaBatch.sort(accounts, federation, own, realm));
        federation.inTransaction((own, realm) -> {
            for (var account : accounts) {
                var user = UserStoragePrivateUtil.userLocalStorage(own)
                        .getUserById(
                                realm,
                                new UserIds(federation.componentId())
                                        .of(account.profile().uid()));
                user.setEnabled(false);
                user.setSingleAttribute("shoeSize", "42");
            }
            return null;
        });
        var written = federation.inTransaction((own, realm) -> new JpaWriter(federation, own, realm).write(batch));
        return Map.of("updated", written.updated(), "unchanged", written.unchanged());
    }

    /** Everything that the database holds of a user. */
    private Map<String, List<Map<String, String>>> rows(String id) {
        var rows = new LinkedHashMap<String, List<Map<String, String>>>();
        for (var table : List.of(
                "USER_ATTRIBUTE", "USER_ROLE_MAPPING", "USER_GROUP_MEMBERSHIP", "USER_REQUIRED_ACTION", "CREDENTIAL")) {
            rows.put(table, rows("select * from " + table + " where USER_ID = :id", id));
        }
        rows.put("USER_ENTITY", rows("select * from USER_ENTITY where ID = :id", id));
        return rows;
    }

    private List<Map<String, String>> rows(String query, String id) {
        var found = session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createNativeQuery(query, Tuple.class)
                .setParameter("id", id)
                .getResultList();
        var rows = new ArrayList<Map<String, String>>();
        for (var row : found) {
            var columns = new TreeMap<String, String>();
            for (TupleElement<?> column : ((Tuple) row).getElements()) {
                columns.put(column.getAlias(), text(((Tuple) row).get(column)));
            }
            rows.add(columns);
        }
        return rows;
    }

    private static String text(Object value) {
        try {
            if (value instanceof byte[] bytes) {
                return HexFormat.of().formatHex(bytes);
            }
            return value instanceof Clob clob ? clob.getSubString(1, (int) clob.length()) : String.valueOf(value);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<FoundProfile> accounts(JsonNode list) {
        return list.valueStream().map(BulkResource::account).toList();
    }

    private static FoundProfile account(JsonNode node) {
        var attributes = new LinkedHashMap<String, List<String>>();
        node.path("attributes")
                .properties()
                .forEach(attribute -> attributes.put(
                        attribute.getKey(),
                        attribute.getValue().valueStream().map(JsonNode::asText).toList()));
        var profile = new ImportedProfile(
                new Uid(node.path("uid").asText()),
                node.path("username").asText(),
                Optional.ofNullable(node.path("email").asText(null)),
                node.path("emailVerified").asBoolean(),
                attributes);
        return new FoundProfile(
                profile,
                new Addresses(node.path("emailVerified").asBoolean()),
                node.path("active").asBoolean(true),
                Optional.of(node.path("lastUpdated")).filter(JsonNode::isNumber).map(BulkResource::instant),
                instant(node.path("readAt")));
    }

    private interface UidAsText {

        @JsonValue
        String value();
    }

    /** All of an account's addresses are verified, or none. */
    private record Addresses(boolean verified) implements KnownAddresses {

        @Override
        public boolean isVerified(String address) {
            return verified;
        }

        @Override
        public boolean isLoginId(String name) {
            return false;
        }
    }

    private static Instant instant(JsonNode milliseconds) {
        return Instant.ofEpochMilli(milliseconds.asLong());
    }
}
