package io.github.keycloakgigya.federation;

import io.github.keycloakgigya.api.Uid;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * Names the users of one component. The name follows from the UID, so that a look-up by UID is one by primary key, and
 * two nodes that import one account at once collide in the database instead of making two users.
 */
public record UserIds(String componentId) {

    private static final int COLUMN_LENGTH = 255;
    private static final int MOST = 10;

    /** {@return the id of the user that is imported for a UID; in the log, it stands for the account} */
    public String of(Uid uid) {
        return named(uid.value());
    }

    /**
     * {@return the ids that the user who is imported for a UID may have, the usual one first} A user who follows another UID
     * keeps the id that was made from the first, which an account that gets the first UID later can't have.
     */
    public Stream<String> allOf(Uid uid) {
        return Stream.concat(
                Stream.of(of(uid)), IntStream.rangeClosed(2, MOST).mapToObj(n -> named(uid.value() + '\0' + n)));
    }

    private String named(String what) {
        var name = componentId + '\0' + what;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * {@return the id of the user that stands for a UID without being imported; empty where the id would be longer than
     * Keycloak's columns}
     */
    public Optional<String> ofRemote(Uid uid) {
        var id = new StorageId(componentId, encode(uid)).getId();
        return id.length() <= COLUMN_LENGTH ? Optional.of(id) : Optional.empty();
    }

    /** {@return the UID that {@link #ofRemote} made an id from; empty where it did not make this one} */
    public Optional<Uid> uidOfRemote(String id) {
        var storageId = new StorageId(id);
        return componentId.equals(storageId.getProviderId())
                ? decode(storageId.getExternalId())
                        .flatMap(Uid::of)
                        .filter(uid -> encode(uid).equals(storageId.getExternalId()))
                : Optional.empty();
    }

    /**
     * {@return what the log calls a user} His id, but where that holds the UID, which is a person's address at some
     * sites: then the id that he would have if he was imported.
     */
    public String inLog(UserModel user) {
        return uidOfRemote(user.getId()).map(this::of).orElse(user.getId());
    }

    // Small letters and digits stay. A capital letter is - and the small one, because some databases take no notice of
    // letter case; any other byte is _ and two digits. Nothing has to be escaped in an address.
    private static String encode(Uid uid) {
        var encoded = new StringBuilder();
        for (byte b : uid.value().getBytes(StandardCharsets.UTF_8)) {
            if (b >= 'a' && b <= 'z' || b >= '0' && b <= '9') {
                encoded.append((char) b);
            } else if (b >= 'A' && b <= 'Z') {
                encoded.append('-').append((char) (b + 'a' - 'A'));
            } else {
                encoded.append('_').append(HexFormat.of().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static Optional<String> decode(String encoded) {
        var bytes = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < encoded.length(); i++) {
                switch (encoded.charAt(i)) {
                    case '-' -> bytes.write(Character.toUpperCase(encoded.charAt(++i)));
                    case '_' -> {
                        bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                        i += 2;
                    }
                    default -> bytes.write(encoded.charAt(i));
                }
            }
        } catch (IndexOutOfBoundsException | NumberFormatException notOurs) {
            return Optional.empty();
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
