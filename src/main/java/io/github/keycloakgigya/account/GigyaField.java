package io.github.keycloakgigya.account;

import io.github.keycloakgigya.api.AccountSection;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field of a Gigya account: {@code UID}, or a path such as {@code profile.firstName}, {@code data.loyalty.level} or
 * {@code preferences.terms.tos.isConsentGranted}.
 *
 * <p>Paths are case-sensitive. They hold no comma, so that one field of a request can't become two.
 */
public final class GigyaField implements Comparable<GigyaField> {

    /** The account's UID, which every account has and no call needs to ask for. */
    public static final GigyaField UID = new GigyaField("UID");

    /** The organizations of a B2B site that an account belongs to. */
    public static final GigyaField ORGANIZATIONS = new GigyaField("groups.organizations");

    private static final String PROFILE = "profile.";
    private static final int LONGEST = 256;
    private static final String NAME = "\\.[A-Za-z0-9_$-]+";
    // Of communications and groups only what a sign-in and a search tell alike: the rest would come and go.
    private static final Pattern FORM = Pattern.compile("UID|(profile|data|preferences|subscriptions)(" + NAME + ")+"
            + "|communications" + NAME + "\\.status|groups\\.organizations(" + NAME + ")?");
    private static final Map<String, AccountSection> SECTIONS = Stream.of(AccountSection.values())
            .collect(Collectors.toUnmodifiableMap(AccountSection::id, section -> section));

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
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("a Gigya field is empty");
        }
        if (!FORM.matcher(stripped).matches()) {
            throw new IllegalArgumentException("'" + stripped + "' is not a Gigya field: expected is UID, "
                    + "profile.<name>, data.<path>, preferences.<path>, subscriptions.<path>, "
                    + "communications.<topic>_<channel>.status or groups.organizations, "
                    + "of letters, digits, _, $ and -, with dots between the names");
        }
        return new GigyaField(stripped);
    }

    /** {@return the full path, such as {@code profile.firstName}} */
    public String path() {
        return path;
    }

    /** {@return whether {@code accounts.getJWT} is to be asked for it} */
    public boolean isInToken() {
        return !UID.equals(this) && section().isEmpty();
    }

    /** {@return the section that no token holds, where the field is one of it} */
    public Optional<AccountSection> section() {
        return Optional.ofNullable(SECTIONS.get(path.split("\\.")[0]));
    }

    /** {@return the sections that fields are of, of those that no token holds} */
    public static Set<AccountSection> sectionsOf(Collection<GigyaField> fields) {
        return fields.stream()
                .flatMap(field -> field.section().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(AccountSection.class)));
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
