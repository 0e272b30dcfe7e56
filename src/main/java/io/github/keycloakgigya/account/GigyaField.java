package io.github.keycloakgigya.account;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A field of a Gigya account: {@code UID}, or a path such as {@code profile.firstName} or {@code data.loyalty.level}.
 *
 * <p>Paths are case-sensitive. They hold no comma, so that one field of a request can't become two.
 */
public final class GigyaField implements Comparable<GigyaField> {

    /** The account's UID, which every account has and no call needs to ask for. */
    public static final GigyaField UID = new GigyaField("UID");

    private static final String PROFILE = "profile.";
    private static final int LONGEST = 256;
    private static final Pattern FORM = Pattern.compile("UID|(profile|data)(\\.[A-Za-z0-9_$-]+)+");

    private final String path;

    private GigyaField(String path) {
        this.path = path;
    }

    /**
     * Reads a field's path.
     *
     * @param path as an administrator typed it; surrounding white space is left out
     * @throws IllegalArgumentException whose message tells an administrator what is wrong
     */
    public static GigyaField parse(String path) {
        var stripped = path.strip();
        if (stripped.length() > LONGEST) {
            throw new IllegalArgumentException("a Gigya field's path has at most " + LONGEST + " characters");
        }
        if (!FORM.matcher(stripped).matches()) {
            throw new IllegalArgumentException("'" + stripped + "' is not a Gigya field: expected is UID, "
                    + "profile.<name> or data.<path>, of letters, digits, _, $ and -, with dots between the names");
        }
        return new GigyaField(stripped);
    }

    /** {@return the full path, such as {@code profile.firstName}} */
    public String path() {
        return path;
    }

    /** {@return the name that a profile field also goes by, such as {@code firstName}; empty for other fields} */
    Optional<String> shortName() {
        return path.startsWith(PROFILE) ? Optional.of(path.substring(PROFILE.length())) : Optional.empty();
    }

    /** Orders by path. */
    @Override
    public int compareTo(GigyaField other) {
        return path.compareTo(other.path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GigyaField field && path.equals(field.path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path);
    }

    /** {@return the path} */
    @Override
    public String toString() {
        return path;
    }
}
