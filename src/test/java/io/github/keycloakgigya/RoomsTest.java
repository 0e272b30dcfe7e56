package io.github.keycloakgigya;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.github.keycloakgigya.account.AccountReader;
import io.github.keycloakgigya.federation.GigyaUsers;
import io.github.keycloakgigya.monitoring.SignInMeters;
import io.github.keycloakgigya.monitoring.SignInMeters.Door;
import io.github.keycloakgigya.signin.Reauthentication.FreshSignIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Holds the arrows between the rooms: each uses only rooms below it. */
class RoomsTest {

    private static final String ROOT = "io.github.keycloakgigya";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final Pattern ERROR_CODE = Pattern.compile("\\b[2-5]0[0-9]{4}\\b");
    // Event details, and the keys of texts that somebody reads who was not signed in.
    private static final Pattern TOLD = Pattern.compile(
            "\"gigya(?:_error|_error_code|_call_id|Error[A-Z]\\w*|Password(?:Locked|Incomplete|StepRequired))\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\|((?: `\\w+`,?)*) \\|$");
    // A class by its package and name, or a type inside of one.
    private static final Pattern NAMED = Pattern.compile("`((?:[a-z]\\w*\\.)+[A-Z]\\w*)(?:\\.[A-Z]\\w*)*`");
    private static final Pattern LOGGER = Pattern.compile("Logger\\.getLogger\\((.+?)(?:\\.class)?\\)");
    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final Path PICTURE = Path.of("docs/images/architecture.svg");
    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    /** Each room, from the top to the bottom, and the rooms that it may use. */
    private static final Map<String, List<String>> USES = rooms(
            Map.entry(
                    "broker",
                    List.of("federation", "signin", "failure", "settings", "monitoring", "account", "token", "api")),
            Map.entry(
                    "authentication",
                    List.of("federation", "signin", "failure", "settings", "monitoring", "account", "token", "api")),
            Map.entry("admin", List.of("leaving", "webhook", "storage", "sync", "federation", "settings", "api")),
            Map.entry("leaving", List.of("sync", "federation", "settings", "monitoring", "account", "api")),
            Map.entry("webhook", List.of("federation", "settings", "monitoring", "account", "token", "api")),
            Map.entry("storage", List.of("sync", "federation", "settings", "api")),
            Map.entry("sync", List.of("federation", "settings", "monitoring", "account", "api")),
            Map.entry(
                    "federation",
                    List.of("signin", "failure", "passwordhash", "settings", "monitoring", "account", "token", "api")),
            Map.entry("signin", List.of("failure", "settings", "account", "token", "api")),
            Map.entry("failure", List.of("settings", "monitoring", "token", "api")),
            Map.entry("passwordhash", List.of("settings", "api")),
            Map.entry("settings", List.of("monitoring", "account", "token", "api")),
            Map.entry("monitoring", List.of("api")),
            Map.entry("account", List.of("token", "api")),
            Map.entry("token", List.of("api")),
            Map.entry("api", List.of()));

    @Test
    void a_room_uses_only_rooms_below_it() {
        var house = layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ROOT + "..");
        for (var room : USES.keySet()) {
            house = house.layer(room).definedBy(ROOT + "." + room + "..");
        }
        for (var room : USES.keySet()) {
            var users = USES.entrySet().stream()
                    .filter(other -> other.getValue().contains(room))
                    .map(Map.Entry::getKey)
                    .toArray(String[]::new);
            house = users.length == 0
                    ? house.whereLayer(room).mayNotBeAccessedByAnyLayer()
                    : house.whereLayer(room).mayOnlyBeAccessedByLayers(users);
        }
        house.check(MAIN);
    }

    // From a proven UID to a user there is one way. A late sign-out asks for Gigya's clock alone, and an event signs
    // nobody in: the webhook reads before its transaction begins, and brings a user up to date whom nobody keeps out.
    @Test
    void every_door_lets_accounts_in_by_the_one_walk() {
        only("federation.admission.AccountAdmission", "webhook.ErrandWork").may(GigyaUsers.class, "admit");
        only("federation.admission.AccountInquiry", "signin.GigyaSignOut$LateSignOut", "webhook.AccountState")
                .may(AccountReader.class, "read");
        only("federation.admission.AccountInquiry").may(FreshSignIn.class, "require");
        assertThat(MAIN.stream().filter(type -> calls(type, SignInMeters.class, "succeeded")))
                .as("who counts a sign-in")
                .isNotEmpty()
                .allSatisfy(door ->
                        assertThat(below(door)).contains(MAIN.get(ROOT + ".federation.admission.AccountInquiry")));
    }

    /** {@return the classes of the extension that a class leads to} */
    private static Set<JavaClass> below(JavaClass type) {
        var below = new HashSet<JavaClass>();
        var open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            open.remove().getDirectDependenciesFromSelf().stream()
                    .map(Dependency::getTargetClass)
                    .filter(target -> MAIN.contain(target.getName()) && below.add(target))
                    .forEach(open::add);
        }
        return below;
    }

    /** Who alone may call a method, besides the kinds of its own type. */
    private record Callers(List<String> names) {

        void may(Class<?> type, String method) {
            var others = MAIN.stream()
                    .filter(caller -> calls(caller, type, method))
                    .filter(caller -> !caller.isAssignableTo(type))
                    .map(JavaClass::getName);
            assertThat(others).as("callers of %s", method).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    private static Callers only(String... names) {
        return new Callers(Stream.of(names).map(name -> ROOT + "." + name).toList());
    }

    private static boolean calls(JavaClass caller, Class<?> type, String method) {
        return caller.getMethodCallsFromSelf().stream()
                .map(call -> call.getTarget())
                .anyMatch(target ->
                        target.getName().equals(method) && target.getOwner().isAssignableTo(type));
    }

    @Test
    void only_one_class_knows_gigyas_error_codes() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("ErrorCodes.java")))
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .filteredOn(line -> !line.strip().startsWith("//"))
                            .noneMatch(line -> ERROR_CODE.matcher(line).find()));
        }
    }

    @Test
    void failures_are_told_in_one_room() throws IOException {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".failure..")
                .should()
                .callMethod(SignInMeters.class, "failed", Door.class, String.class)
                .check(MAIN);
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.getParent().endsWith("failure")))
                    .allSatisfy(file -> assertThat(
                                    TOLD.matcher(Files.readString(file)).results())
                            .as(file.toString())
                            .isEmpty());
        }
    }

    // One that is nested would have a "$" in its category, by which nobody looks for it.
    @Test
    void each_logger_is_named_after_its_file() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(file -> assertThat(
                                    LOGGER.matcher(Files.readString(file)).results())
                            .allSatisfy(logger -> assertThat(logger.group(1) + ".java")
                                    .isEqualTo(file.getFileName().toString())));
        }
    }

    // A sealed type and its kinds are one story, and so are a class and those inside of it.
    @Test
    void no_circle_joins_classes_or_packages() {
        slices().assignedFrom(new Stories()).should().beFreeOfCycles().check(MAIN);
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
    }

    private static final class Stories implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            var outermost = type;
            while (outermost.getEnclosingClass().isPresent()) {
                outermost = outermost.getEnclosingClass().get();
            }
            var kindOf = Stream.concat(outermost.getRawSuperclass().stream(), outermost.getRawInterfaces().stream())
                    .filter(above ->
                            MAIN.contain(above.getName()) && above.reflect().isSealed())
                    .findFirst();
            return SliceIdentifier.of(kindOf.orElse(outermost).getName());
        }

        @Override
        public String getDescription() {
            return "classes, with their kinds";
        }
    }

    @Test
    void the_architectures_document_and_picture_show_these_rooms() throws IOException {
        var rooms = Files.readString(ARCHITECTURE).split("(?m)^## ")[1];
        var picture = Files.readString(PICTURE);

        assertThat(rooms).startsWith("Rooms");
        assertThat(ROW.matcher(rooms)
                        .results()
                        .map(row -> Map.entry(row.group(1), names(row.group(2))))
                        .toList())
                .isEqualTo(List.copyOf(USES.entrySet()));
        assertThat(USES.keySet())
                .allSatisfy(
                        room -> assertThat(picture).contains("class=\"name\"").contains(">" + room + "<"));
    }

    @Test
    void the_architectures_document_names_every_provider() throws IOException {
        var document = Files.readString(ARCHITECTURE);

        try (var services = Files.list(SERVICES)) {
            for (var service : services.toList()) {
                assertThat(Files.readAllLines(service))
                        .allSatisfy(provider -> assertThat(document)
                                .contains("`" + service.getFileName().toString().replaceFirst(".*\\.", "") + "`")
                                .contains("`" + provider.substring(ROOT.length() + 1) + "`"));
            }
        }
    }

    @Test
    void the_architectures_document_names_files_that_are_there() throws IOException {
        assertThat(NAMED.matcher(Files.readString(ARCHITECTURE))
                        .results()
                        .map(name -> (ROOT + "." + name.group(1)).replace('.', '/') + ".java"))
                .hasSizeGreaterThan(45)
                .allSatisfy(file ->
                        assertThat(Sources.roots()).as(file).anyMatch(root -> Files.exists(root.resolve(file))));
    }

    @Test
    void the_core_rooms_and_monitoring_know_nothing_of_keycloak() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".api..", ROOT + ".token..", ROOT + ".account..", ROOT + ".monitoring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.keycloak..", "jakarta..", "org.jboss..")
                .check(MAIN);
    }

    @Test
    void only_monitoring_and_who_hands_it_keycloaks_own_know_how_it_measures() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".monitoring..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".settings.connector.PooledConnectorFactory")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.opentelemetry..")
                .check(MAIN);
    }

    @Test
    void only_the_bulk_path_touches_keycloaks_entities() {
        noClasses()
                .that(describe("are not of the bulk path", RoomsTest::isOfAnotherPath))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.keycloak.models.jpa..",
                        "org.keycloak.connections.jpa..",
                        "jakarta.persistence..",
                        "org.hibernate..")
                .check(MAIN);
    }

    @Test
    void only_the_view_of_the_cluster_touches_keycloaks_caches() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".sync.ClusterView")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.keycloak.connections.infinispan..", "org.infinispan..", "org.jgroups..")
                .check(MAIN);
    }

    // Who is disabled or removed because of Gigya loses sessions and tokens first.
    @Test
    void nobody_disables_or_removes_a_user_but_who_ends_the_sessions_before() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".federation.FederatedUser$MissingMark")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".federation.Newcomers")
                .and()
                .areNotAssignableTo(UserModel.class)
                .should()
                .callMethodWhere(describe("enables or disables a user", RoomsTest::isEnabling))
                .check(MAIN);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".federation.GigyaUsers")
                .should()
                .callMethodWhere(describe("removes a user", RoomsTest::isRemoval))
                .check(MAIN);
        for (var decider : List.of("FederatedUser$MissingMark", "GigyaUsers")) {
            assertThat(MAIN.get(ROOT + ".federation." + decider).getMethodCallsFromSelf())
                    .as(decider)
                    .anyMatch(call -> call.getTargetOwner().getSimpleName().equals("SessionEnd")
                            && call.getName().equals("of"));
        }
    }

    private static boolean isEnabling(JavaMethodCall call) {
        return call.getName().equals("setEnabled") && call.getTargetOwner().isAssignableTo(UserModel.class);
    }

    private static boolean isRemoval(JavaMethodCall call) {
        return call.getName().equals("removeUser")
                && (call.getTargetOwner().isAssignableTo(UserProvider.class)
                        || call.getTargetOwner().isAssignableTo(UserManager.class));
    }

    // A reference such as UserModel::getId names the interface that declares the method, and a sync failed by it.
    @Test
    void nothing_names_an_interface_that_the_oldest_keycloak_lacks() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.keycloak.models.Model")
                .check(MAIN);
    }

    @Test
    void classes_are_final_unless_they_are_kinds() {
        classes()
                .that(describe("are classes of their own", RoomsTest::isOrdinaryClass))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(MAIN);
    }

    // So an attack that gets nowhere at one door gets nowhere at the others: AttackIT tries all of them in a full build
    // alone.
    @Test
    void every_door_has_proofs_verified_by_the_one_verifier() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveNameMatching(ROOT + "\\.token\\.\\w+Verifier")
                .and()
                .haveName("verify")
                .should()
                .onlyBeCalled()
                .byClassesThat(describe(
                        "verify proofs, read Gigya's answers, or take messages, which sign nobody in",
                        type -> Set.of("ProofVerifier", "AccountReader", "WebhookResource")
                                .contains(type.getSimpleName())))
                .check(MAIN);
    }

    @Test
    void the_simulator_learns_nothing_from_the_client() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".simulator..")
                .should()
                .dependOnClassesThat(describe("belong to the extension", RoomsTest::isOfExtension))
                .check(TESTS);
    }

    @Test
    void every_package_says_what_it_is_for() {
        // Below src/, the set and "java".
        assertThat(Sources.files().stream()
                        .map(file -> file.getParent().subpath(3, file.getNameCount() - 1))
                        .distinct())
                .allSatisfy(folder -> assertThat(Sources.roots())
                        .as("%s has a package-info.java", folder)
                        .anyMatch(root -> Files.exists(root.resolve(folder).resolve("package-info.java"))));
    }

    @SafeVarargs
    private static Map<String, List<String>> rooms(Map.Entry<String, List<String>>... rooms) {
        var inOrder = new LinkedHashMap<String, List<String>>();
        for (var room : rooms) {
            inOrder.put(room.getKey(), room.getValue());
        }
        return inOrder;
    }

    private static List<String> names(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(name -> name.group(1))
                .toList();
    }

    private static boolean isOfAnotherPath(JavaClass type) {
        return !type.getName().replaceFirst(".*\\.", "").startsWith("Jpa");
    }

    private static boolean isOrdinaryClass(JavaClass type) {
        return !type.isInterface()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT);
    }

    private static boolean isOfExtension(JavaClass type) {
        return MAIN.contain(type.getName());
    }
}
