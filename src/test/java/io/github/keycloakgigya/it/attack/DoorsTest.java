package io.github.keycloakgigya.it.attack;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakgigya.broker.GigyaIdentityProvider;
import io.github.keycloakgigya.it.realm.Door;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way into Keycloak that this extension opens is a door of the table of attacks, or says why it is none. */
class DoorsTest {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    /** Providers that take no proof of a sign-in at Gigya, and why no attack of the table can be tried there. */
    private static final Map<String, String> NO_DOORS = Map.ofEntries(
            entry("GigyaConnectorSpi", "calls Gigya for others"),
            entry("PooledConnectorFactory", "calls Gigya for others"),
            entry("OutdatedServerFactory", "says that a server is too old"),
            entry("RollingUpdates", "answers a command of who runs the server"),
            entry("GigyaUserStorageProviderFactory", "takes passwords: PasswordIT and PasswordOutcomesIT"),
            entry("GigyaAdminResourceProviderFactory", "is for administrators: ConnectionTestAccessIT"),
            entry("GigyaWebhookFactory", "signs nobody in: WebhookAnswersTest and WebhookAttackIT"),
            entry("SignOutListenerFactory", "listens to events"),
            entry("AdministratorListenerFactory", "listens to events"),
            entry("MapperListenerFactory", "listens to events"),
            entry("ReleasedCondition", "asks for no proof; a step that does follows it: LeavingFlowIT"),
            entry(
                    "UsernameBeforeGigyaFactory",
                    "asks for a name, which proves nothing; a step that asks for a proof follows it: LeavingFlowIT"),
            entry("RehashListenerFactory", "listens to events"),
            entry("StepListenerFactory", "listens to events"),
            entry(
                    "LegacyHashFactory$BcryptFactory",
                    "verifies a password that Keycloak was given: LegacyHashProviderTest"),
            entry(
                    "LegacyHashFactory$Md5Factory",
                    "verifies a password that Keycloak was given: LegacyHashProviderTest"),
            entry(
                    "LegacyHashFactory$Sha1Factory",
                    "verifies a password that Keycloak was given: LegacyHashProviderTest"),
            entry(
                    "LegacyHashFactory$Sha256Factory",
                    "verifies a password that Keycloak was given: LegacyHashProviderTest"),
            entry(
                    "LegacyHashFactory$Sha512Factory",
                    "verifies a password that Keycloak was given: LegacyHashProviderTest"),
            entry("GigyaAttributeMapper", "maps what came in through a door: MapperAttackIT"),
            entry("GigyaRoleMapper", "maps what came in through a door: MapperAttackIT"),
            entry("GigyaGroupMapper", "maps what came in through a door: MapperAttackIT"),
            entry("GigyaUsernameMapper", "maps what came in through a door: MapperAttackIT"),
            entry(
                    "GigyaAccountImporter",
                    "takes the UID that Keycloak's OIDC broker has verified: AccountImporterRefusalIT"));

    /** What Keycloak can ask an identity provider for, and the door that it is. */
    private static final Map<String, Door> DOORS_OF_PROVIDER = Map.of(
            "UserAuthenticationIdentityProvider",
            Door.IDENTITY_PROVIDER,
            "ExchangeExternalToken",
            Door.TOKEN_EXCHANGE,
            "JWTAuthorizationGrantProvider",
            Door.JWT_AUTHORIZATION_GRANT);

    private static final Set<String> NO_DOORS_OF_PROVIDER =
            Set.of("Provider", "IdentityProvider", "AssertionRules", "Keeper");

    @Test
    void every_provider_is_a_door_or_says_why_it_is_none() throws IOException {
        var doors = Stream.of(Door.values()).map(Door::factory).toList();

        assertThat(providers())
                .isNotEmpty()
                .allSatisfy(provider -> assertThat(doors.contains(provider) || NO_DOORS.containsKey(provider))
                        .as("%s is a door of the table of attacks, or listed as none", provider)
                        .isTrue());
    }

    @Test
    void nothing_is_listed_that_is_not_there() throws IOException {
        assertThat(providers()).containsAll(NO_DOORS.keySet());
        assertThat(providers())
                .containsAll(Stream.of(Door.values()).map(Door::factory).toList());
    }

    @Test
    void whatever_keycloak_can_ask_the_identity_provider_for_is_a_door() {
        var interfaces = new HashSet<>(interfacesOf(GigyaIdentityProvider.class));
        interfaces.removeAll(NO_DOORS_OF_PROVIDER);

        assertThat(DOORS_OF_PROVIDER.keySet()).containsExactlyInAnyOrderElementsOf(interfaces);
    }

    @ParameterizedTest
    @EnumSource
    void every_door_is_one_of_the_threat_model(Door door) throws IOException {
        var firstCells = Files.readAllLines(Path.of("SECURITY.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(0, line.indexOf(" |", 2)).replaceAll("[`*]", ""));

        assertThat(firstCells).anyMatch(cell -> cell.contains(door.title().replace("\"", "")));
    }

    @ParameterizedTest
    @EnumSource
    void every_attack_is_tried_at_the_door_or_says_why_not(Door door) {
        assertThat(Attack.all())
                .isNotEmpty()
                .allSatisfy(attack -> attack.excuse(door)
                        .ifPresentOrElse(
                                excuse -> assertThat(excuse).isNotBlank(),
                                () -> assertThat(AttackIT.gets_nowhere())
                                        .anyMatch(cell -> cell.get()[0] == door && cell.get()[2] == attack)));
    }

    @Test
    void every_attack_is_tried_at_some_door() {
        assertThat(Attack.all())
                .allSatisfy(attack -> assertThat(Door.values())
                        .anyMatch(door -> attack.excuse(door).isEmpty()));
    }

    @Test
    void every_kind_of_attack_is_in_the_table() {
        assertThat(Attack.class.getPermittedSubclasses())
                .allSatisfy(kind -> assertThat(Attack.all()).containsAll(List.of((Attack[]) kind.getEnumConstants())));
    }

    private static List<String> providers() throws IOException {
        var providers = new ArrayList<String>();
        try (var files = Files.list(SERVICES)) {
            for (var file : files.toList()) {
                Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .forEach(providers::add);
            }
        }
        return providers;
    }

    private static Set<String> interfacesOf(Class<?> type) {
        var names = new HashSet<String>();
        for (var current = type; current != null; current = current.getSuperclass()) {
            for (var direct : current.getInterfaces()) {
                addWithParents(direct, names);
            }
        }
        return names;
    }

    private static void addWithParents(Class<?> type, Set<String> names) {
        names.add(type.getSimpleName());
        for (var parent : type.getInterfaces()) {
            addWithParents(parent, names);
        }
    }
}
