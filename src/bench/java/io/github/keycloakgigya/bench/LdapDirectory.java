package io.github.keycloakgigya.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.github.keycloakgigya.server.KeycloakSettings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** An LDAP server in this Java machine, read by Keycloak's own LDAP provider with the settings of its form. */
final class LdapDirectory implements UserSource {

    static final String READER = "Keycloak's LDAP provider";

    private static final String SUFFIX = "dc=example,dc=org";
    private static final String PEOPLE = "ou=people," + SUFFIX;
    private static final String ADMIN = "cn=admin";
    private static final String ID_ATTRIBUTE = "entryUUID";

    private final InMemoryDirectoryServer server;
    private final int people;
    private final String password;

    private LdapDirectory(InMemoryDirectoryServer server, int people, String password) {
        this.server = server;
        this.people = people;
        this.password = password;
    }

    /** {@return a running directory of so many people} */
    static LdapDirectory start(int people) {
        try {
            var password = UUID.randomUUID().toString();
            var config = new InMemoryDirectoryServerConfig(SUFFIX);
            config.addAdditionalBindCredentials(ADMIN, password);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
            config.setEqualityIndexAttributes(ID_ATTRIBUTE, "uid", "mail");
            var directory = new LdapDirectory(new InMemoryDirectoryServer(config), people, password);
            directory.fill();
            directory.server.startListening();
            return directory;
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException("The LDAP server does not start", e);
        }
    }

    private void fill() throws LDAPException, LDIFException {
        server.add("dn: " + SUFFIX, "objectClass: domain", "dc: example");
        server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        for (int number = 0; number < people; number++) {
            server.add(
                    "dn: uid=person" + number + "," + PEOPLE,
                    "objectClass: inetOrgPerson",
                    "objectClass: organizationalPerson",
                    "uid: person" + number,
                    "cn: First" + number,
                    "sn: Last" + number,
                    "mail: person" + number + "@example.org");
        }
    }

    @Override
    public String reader() {
        return READER;
    }

    @Override
    public int people() {
        return people;
    }

    @Override
    public ObjectNode component() {
        var component = UserSource.component("ldap");
        // As the admin console saves a new provider of the vendor "Other", but for the edit mode.
        Map.ofEntries(
                        Map.entry("enabled", "true"),
                        Map.entry("vendor", "other"),
                        Map.entry("connectionUrl", "ldap://127.0.0.1:" + server.getListenPort()),
                        Map.entry("authType", "simple"),
                        Map.entry("bindDn", ADMIN),
                        Map.entry("bindCredential", password),
                        Map.entry("startTls", "false"),
                        Map.entry("useTruststoreSpi", "always"),
                        Map.entry("connectionPooling", "true"),
                        Map.entry("editMode", "READ_ONLY"),
                        Map.entry("usersDn", PEOPLE),
                        Map.entry("usernameLDAPAttribute", "uid"),
                        Map.entry("rdnLDAPAttribute", "uid"),
                        Map.entry("uuidLDAPAttribute", ID_ATTRIBUTE),
                        Map.entry("userObjectClasses", "inetOrgPerson, organizationalPerson"),
                        Map.entry("searchScope", "1"),
                        Map.entry("pagination", "true"),
                        Map.entry("importEnabled", "true"),
                        Map.entry("syncRegistrations", "false"),
                        Map.entry("batchSizeForSync", "1000"),
                        Map.entry("fullSyncPeriod", "-1"),
                        Map.entry("changedSyncPeriod", "-1"),
                        Map.entry("validatePasswordPolicy", "false"),
                        Map.entry("trustEmail", "false"),
                        Map.entry("cachePolicy", "DEFAULT"))
                .forEach((key, value) -> UserSource.set(component, key, value));
        return component;
    }

    @Override
    public KeycloakSettings reachedBy(KeycloakSettings settings) {
        return settings;
    }

    @Override
    public void delayAnswers(Duration delay) {
        server.setProcessingDelayMillis(delay.toMillis());
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
