package io.github.keycloakgigya.federation;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.keycloak.models.UserModel;

/** Writes a profile onto a user, touching only what differs. */
public final class ProfileWriter {

    private final ImportedProfile profile;
    private final boolean ownsEmail;

    /**
     * Prepares to write.
     *
     * @param ownsEmail whether the e-mail address comes from Gigya at all, so that an absent one is removed
     */
    public ProfileWriter(ImportedProfile profile, boolean ownsEmail) {
        this.profile = profile;
        this.ownsEmail = ownsEmail;
    }

    /** {@return whether writing changes anything} */
    public boolean changes(UserModel user) {
        return !profile.username().equals(user.getUsername())
                || profile.newerThanTaken(user).isPresent()
                || (ownsEmail && (changesEmail(user) || verifiesEmail(user)))
                || profile.attributes().entrySet().stream()
                        .anyMatch(attribute -> differs(user, attribute.getKey(), attribute.getValue()));
    }

    /** Writes the profile. An address that the user has already may become a verified one, and never the reverse. */
    public void write(UserModel user) {
        writeProperties(user);
        writeAttributes(user);
    }

    /** Writes what is the user's own: all but attributes. */
    public void writeProperties(UserModel user) {
        writeIfChanged(user.getUsername(), profile.username(), user::setUsername);
        if (ownsEmail) {
            writeEmail(user);
        }
        profile.attributes().forEach((name, values) -> {
            switch (name) {
                case UserModel.FIRST_NAME -> writeIfChanged(user.getFirstName(), first(values), user::setFirstName);
                case UserModel.LAST_NAME -> writeIfChanged(user.getLastName(), first(values), user::setLastName);
                default -> {
                    // An attribute.
                }
            }
        });
    }

    /** Writes what {@link #writeProperties} leaves. */
    void writeAttributes(UserModel user) {
        profile.newerThanTaken(user)
                .ifPresent(since -> user.setSingleAttribute(FederatedUser.PASSWORD_SEEN, FederatedUser.text(since)));
        profile.attributes().forEach((name, values) -> {
            if (!isProperty(name) && differs(user, name, values)) {
                // First, since Keycloak 26.5 takes a value that is there twice for the same value.
                user.removeAttribute(name);
                if (!values.isEmpty()) {
                    user.setAttribute(name, values);
                }
            }
        });
    }

    private void writeEmail(UserModel user) {
        if (changesEmail(user)) {
            user.setEmail(profile.email().orElse(null));
            user.setEmailVerified(hasVerifiedEmail());
        } else if (verifiesEmail(user)) {
            user.setEmailVerified(true);
        }
    }

    private boolean changesEmail(UserModel user) {
        return !Objects.equals(user.getEmail(), profile.email().orElse(null));
    }

    private boolean verifiesEmail(UserModel user) {
        return hasVerifiedEmail() && !user.isEmailVerified();
    }

    private boolean hasVerifiedEmail() {
        return profile.email().isPresent() && profile.emailVerified();
    }

    private boolean differs(UserModel user, String name, List<String> values) {
        return switch (name) {
            case UserModel.FIRST_NAME -> !Objects.equals(user.getFirstName(), first(values));
            case UserModel.LAST_NAME -> !Objects.equals(user.getLastName(), first(values));
            // A search may show an older one.
            case FederatedUser.PASSWORD_CREATED -> profile.newPassword(user).isPresent();
            // Keycloak's database keeps no order of values, and its UserAdapter takes another order for no change.
            default ->
                !user.getAttributeStream(name)
                        .sorted()
                        .toList()
                        .equals(values.stream().sorted().toList());
        };
    }

    /** {@return whether a mapped attribute is one of the user's own properties} */
    public static boolean isProperty(String name) {
        return UserModel.FIRST_NAME.equals(name) || UserModel.LAST_NAME.equals(name);
    }

    private static void writeIfChanged(String present, String wanted, Consumer<String> setter) {
        if (!Objects.equals(present, wanted)) {
            setter.accept(wanted);
        }
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }
}
