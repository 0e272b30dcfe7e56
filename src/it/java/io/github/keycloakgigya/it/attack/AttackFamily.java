package io.github.keycloakgigya.it.attack;

import java.util.stream.Stream;

/** Attacks of one kind. */
enum AttackFamily {
    SIGNATURES("A token that Gigya did not sign, or not so", "A token that", SignatureForgery.values()),
    CLAIMS("A token that Gigya signed for something else", "A token that", ClaimForgery.values()),
    UNBOUND("A token where none has to be bound to the login", "A token", UnboundForgery.values()),
    SIGNED_UIDS("A UID with a signature", "A UID", SignedUidForgery.values()),
    FORMS("A form that no page of ours would post", "Somebody posts", FormAttack.values()),
    REPLAYS("A proof that was used before", "Somebody posts", ReplayAttack.values()),
    LOGINS("A proof in another login than the one that it was made for", "Somebody posts", LoginAttack.values()),
    MIX_UPS("A proof for something that looks alike", "Somebody posts", MixUpAttack.values()),
    LINKING("An account that looks like a user who is there", "Somebody has an account", LinkingAttack.values()),
    ACCESS("A door that is closed, or closed to somebody", "Somebody", AccessAttack.values()),
    LIES("An answer of Gigya, or of somebody in its place", "An answer of accounts.getJWT", GigyaLie.values());

    private final String title;
    private final String subject;
    private final Attack[] attacks;

    AttackFamily(String title, String subject, Attack[] attacks) {
        this.title = title;
        this.subject = subject;
        this.attacks = attacks;
    }

    String title() {
        return title;
    }

    /** {@return how the sentence begins that the name of each attack goes on with} */
    String subject() {
        return subject;
    }

    Stream<Attack> attacks() {
        return Stream.of(attacks);
    }
}
