package io.github.keycloakgigya.it;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a benchmark or a soak runs on. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** {@return one line about hardware and versions} */
    public static String describe(String keycloakVersion, PostgresServer postgres) {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %d GB memory, %s, Java %s, Keycloak %s, %s; everything on this machine",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
                System.getProperty("os.name"),
                System.getProperty("java.version"),
                keycloakVersion,
                postgres.version());
    }

    private static String processor() {
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElseGet(() -> System.getProperty("os.arch"));
        } catch (IOException notLinux) {
            return System.getProperty("os.arch");
        }
    }
}
