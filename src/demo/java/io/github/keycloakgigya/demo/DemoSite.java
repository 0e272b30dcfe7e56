package io.github.keycloakgigya.demo;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Gigya site that people of the demo sign in at. */
sealed interface DemoSite extends AutoCloseable permits RealSite, SimulatedSite {

    /** {@return one line that says where it is} */
    String description();

    /** {@return the variables that the realm file names} */
    Map<String, String> variables();

    /** {@return certificates that Keycloak needs to trust besides Java's own} */
    List<X509Certificate> certificates();

    /** {@return custom API domains that publish signing keys of their own} */
    List<String> keyDomains();

    /** {@return accounts whose passwords are known} */
    List<DemoAccount> accounts();

    /** {@return a person's session at this site, as a browser has it after the sign-in} */
    GigyaSession signIn(DemoAccount account);

    /** {@return what to enter for this site in a realm of one's own, by the labels of the form; empty where that is known} */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** {@return what a person must know before a browser can load the site's script; empty where there is nothing} */
    Optional<String> hint();

    /** {@return whether this site reaches a Keycloak on this machine with its messages} */
    boolean sendsToThisMachine();

    /** {@return a command that changes the first name of an account at Gigya; empty where its UID is not known} */
    Optional<String> commandToChangeAName();

    /** {@return the account that the demo signs in by itself} */
    default Optional<DemoAccount> firstAccount() {
        return accounts().stream().findFirst();
    }

    @Override
    void close();
}
