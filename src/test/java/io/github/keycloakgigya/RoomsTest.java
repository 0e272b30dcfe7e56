package io.github.keycloakgigya;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms: each uses only rooms below it. */
class RoomsTest {

    private static final String ROOT = "io.github.keycloakgigya";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void a_room_uses_only_rooms_below_it() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("api")
                .definedBy(ROOT + ".api..")
                .layer("token")
                .definedBy(ROOT + ".token..")
                .layer("account")
                .definedBy(ROOT + ".account..")
                .layer("settings")
                .definedBy(ROOT + ".settings..")
                .layer("signin")
                .definedBy(ROOT + ".signin..")
                .layer("storage")
                .definedBy(ROOT + ".storage..")
                .layer("authentication")
                .definedBy(ROOT + ".authentication..")
                .layer("broker")
                .definedBy(ROOT + ".broker..")
                .whereLayer("broker")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("authentication")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("storage")
                .mayOnlyBeAccessedByLayers("broker", "authentication")
                .whereLayer("signin")
                .mayOnlyBeAccessedByLayers("broker", "authentication")
                .whereLayer("settings")
                .mayOnlyBeAccessedByLayers("broker", "authentication", "storage", "signin")
                .whereLayer("account")
                .mayOnlyBeAccessedByLayers("broker", "authentication", "storage", "signin", "settings")
                .whereLayer("token")
                .mayOnlyBeAccessedByLayers("broker", "authentication", "storage", "signin", "settings", "account")
                .check(MAIN);
    }

    @Test
    void the_core_rooms_know_nothing_of_keycloak() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".api..", ROOT + ".token..", ROOT + ".account..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.keycloak..", "jakarta..", "org.jboss..")
                .check(MAIN);
    }

    @Test
    void only_the_bridge_to_keycloak_knows_how_it_measures() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".settings..")
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
    void classes_are_final_unless_they_are_kinds() {
        classes()
                .that(describe("are classes of their own", RoomsTest::isOrdinaryClass))
                .should()
                .haveModifier(JavaModifier.FINAL)
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
    void every_package_says_what_it_is_for() throws IOException {
        for (var sources : new String[] {"src/main/java", "src/test/java"}) {
            try (var files = Files.walk(Path.of(sources))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java"))
                                .map(Path::getParent)
                                .distinct())
                        .allSatisfy(folder ->
                                assertThat(folder.resolve("package-info.java")).exists());
            }
        }
    }

    private static boolean isOfAnotherPath(JavaClass type) {
        return !(type.getPackageName().equals(ROOT + ".storage")
                && type.getName().startsWith(ROOT + ".storage.Jpa"));
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
