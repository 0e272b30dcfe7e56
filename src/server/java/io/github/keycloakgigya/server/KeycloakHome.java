package io.github.keycloakgigya.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The directory of one unpacked Keycloak, made ready to start. */
public record KeycloakHome(Path directory) {

    private static final List<String> BUILD_OPTIONS = List.of("--health-enabled=true", "--vault=file");
    private static final List<String> NAMES_OF_BUILD_OPTIONS = List.of("--metrics-enabled", "--tracing-enabled");
    // Its log tells every look at a server that is still starting.
    private static final String LITTLE_OF_HEALTH = ",io.smallrye.health:warn";

    public static KeycloakHome prepare(
            KeycloakDistribution distribution, KeycloakSettings settings, Consumer<String> progress)
            throws IOException {
        var home = new KeycloakHome(distribution.homeOf(settings.name()));
        BuiltKeycloak.of(distribution, buildOptions(settings), settings.java(), progress)
                .copyTo(home.directory());
        home.writeTruststore(settings.trusted());
        home.writeRealm(settings);
        home.emptyVault();
        return home;
    }

    private static List<String> buildOptions(KeycloakSettings settings) {
        List<String> options = new ArrayList<>(List.of("--db=" + settings.database()));
        options.addAll(BUILD_OPTIONS);
        settings.options().stream().filter(KeycloakHome::isOfBuild).forEach(options::add);
        if (!settings.features().isEmpty()) {
            options.add("--features=" + String.join(",", settings.features()));
        }
        return options;
    }

    /** Runs {@code kc.sh build}. */
    void build(List<String> options, String java) throws IOException {
        Path output = directory.resolve("build.log");
        var command = Stream.concat(Stream.of("build"), options.stream()).toList();
        if (run(command(command, java), output) != 0) {
            throw new ServerFailureException("Keycloak's build failed; its output " + output + " is\n"
                    + String.join("\n", new ServerLog(output).lines()));
        }
    }

    private static boolean isOfBuild(String option) {
        return NAMES_OF_BUILD_OPTIONS.stream().anyMatch(name -> option.startsWith(name + "="));
    }

    /** Keycloak trusts every PEM file in this directory. */
    private void writeTruststore(List<X509Certificate> certificates) throws IOException {
        Path truststores = directory.resolve("conf").resolve("truststores");
        KeycloakDistribution.deleteTree(truststores);
        Files.createDirectories(truststores);
        for (X509Certificate certificate : certificates) {
            Files.writeString(truststores.resolve(certificate.getSerialNumber() + ".pem"), pem(certificate));
        }
    }

    private void emptyVault() throws IOException {
        KeycloakDistribution.deleteTree(vault());
        Files.createDirectories(vault());
    }

    /** {@return the directory whose files are the entries of Keycloak's vault} */
    Path vault() {
        return directory.resolve("vault");
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void writeRealm(KeycloakSettings settings) throws IOException {
        Path data = directory.resolve("data");
        if (!settings.keepsData()) {
            KeycloakDistribution.deleteTree(data);
        }
        Path imported = data.resolve("import");
        KeycloakDistribution.deleteTree(imported);
        if (settings.realmFile().isPresent()) {
            Path realm = settings.realmFile().get();
            Files.createDirectories(imported);
            Files.copy(realm, imported.resolve(realm.getFileName()));
        }
    }

    /** Writes a realm into a file, secrets in clear text; the server must not run. */
    void export(String realm, Path file) throws IOException {
        Path output = directory.resolve("export.log");
        var export = command(List.of("export", "--optimized", "--realm", realm, "--file", file.toString()));
        if (run(export, output) != 0) {
            throw new ServerFailureException("Keycloak's export failed; its output " + output + " is\n"
                    + String.join("\n", new ServerLog(output).lines()));
        }
    }

    /**
     * Runs {@code kc.sh update-compatibility}.
     *
     * @param action {@code metadata}, which writes the file, or {@code check}, which compares the server with it
     * @param output takes what the command prints
     * @return 0 where a rolling update is possible
     */
    public int updateCompatibility(String action, Path file, Path output) throws IOException {
        return run(command(List.of("update-compatibility", action, "--optimized", "--file=" + file)), output);
    }

    private static int run(ProcessBuilder command, Path output) throws IOException {
        return command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    ProcessBuilder startCommand(KeycloakSettings settings, int healthPort) {
        List<String> arguments = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=localhost",
                "--http-port=" + settings.port(),
                "--http-management-port=" + healthPort,
                "--hostname-strict=false",
                "--vault-dir=" + vault(),
                "--log-level=" + settings.logging() + LITTLE_OF_HEALTH));
        if (settings.realmFile().isPresent()) {
            arguments.add("--import-realm");
        }
        settings.options().stream().filter(option -> !isOfBuild(option)).forEach(arguments::add);
        ProcessBuilder command = command(arguments, settings.java());
        command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN);
        command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN);
        command.environment().putAll(settings.environment());
        return command;
    }

    private ProcessBuilder command(List<String> arguments) {
        return command(arguments, System.getProperty("java.home"));
    }

    private ProcessBuilder command(List<String> arguments, String java) {
        List<String> command = new ArrayList<>();
        command.add(KeycloakDistribution.script(directory).toString());
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
        // What a developer set for another Keycloak must not reach this one.
        process.environment().keySet().removeIf(name -> name.startsWith("KC_"));
        process.environment().put("JAVA_HOME", java);
        process.environment().put("JAVA_OPTS_APPEND", System.getProperty("keycloak.java.options", ""));
        process.redirectInput(ProcessBuilder.Redirect.from(nullDevice()));
        return process;
    }

    private static File nullDevice() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }
}
