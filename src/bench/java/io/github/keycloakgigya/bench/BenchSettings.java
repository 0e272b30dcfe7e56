package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.ServerFailureException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the benchmarks are told.
 *
 * @param accounts Gigya accounts of a full sync ({@code -Dbench.accounts})
 * @param manyAccounts Gigya accounts of the sync that shows whether the rate holds ({@code -Dbench.many-accounts})
 * @param million Gigya accounts of the site beside which one of a tenth stands ({@code -Dbench.million})
 * @param entries entries of the LDAP server ({@code -Dbench.entries})
 * @param pages how often a page of users is asked for ({@code -Dbench.pages})
 * @param machines how many fresh Java machines the sign-ins, the syncs beside plain JDBC, and the
 *     verifications of a token, are measured in
 *     ({@code -Dbench.machines})
 * @param seconds how long sign-ins are measured at a time, and a token's verification altogether in one Java machine
 *     ({@code -Dbench.seconds})
 * @param only the suites to run, with commas between them; all where it is empty ({@code -Dbench.only})
 * @param postgres the folder of PostgreSQL's programs, where it is not at a usual place ({@code -Dbench.postgres})
 */
record BenchSettings(
        int accounts,
        int manyAccounts,
        int million,
        int entries,
        int pages,
        int machines,
        int seconds,
        Set<String> only,
        Optional<Path> postgres) {

    /** How long Gigya and the LDAP server take for an answer while pages are asked for. */
    static final Duration UPSTREAM_DELAY = Duration.ofMillis(50);

    private static final BenchSettings PUBLISHED =
            new BenchSettings(100_000, 300_000, 1_000_000, 20_000, 25, 3, 10, Set.of(), Optional.empty());

    static BenchSettings of(Properties properties) {
        return new BenchSettings(
                number(properties, "bench.accounts", PUBLISHED.accounts),
                number(properties, "bench.many-accounts", PUBLISHED.manyAccounts),
                number(properties, "bench.million", PUBLISHED.million),
                number(properties, "bench.entries", PUBLISHED.entries),
                number(properties, "bench.pages", PUBLISHED.pages),
                number(properties, "bench.machines", PUBLISHED.machines),
                number(properties, "bench.seconds", PUBLISHED.seconds),
                Stream.of(properties.getProperty("bench.only", "").split(","))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()),
                Optional.ofNullable(properties.getProperty("bench.postgres")).map(Path::of));
    }

    /** {@return whether a suite is to be run} */
    boolean includes(Suite suite) {
        return only.isEmpty() || only.contains(suite.name());
    }

    /** {@return whether the numbers are good for a try only, because less is measured than in a published run} */
    boolean isTrial() {
        return accounts < PUBLISHED.accounts
                || manyAccounts < PUBLISHED.manyAccounts
                || million < PUBLISHED.million
                || entries < PUBLISHED.entries
                || pages < PUBLISHED.pages
                || machines < PUBLISHED.machines
                || seconds < PUBLISHED.seconds
                || !only.isEmpty();
    }

    private static int number(Properties properties, String name, int otherwise) {
        var text = properties.getProperty(name, Integer.toString(otherwise));
        if (!text.matches("[1-9][0-9]{0,7}")) {
            throw new ServerFailureException("-D" + name + "=" + text + " is not a number from 1 to 99999999.");
        }
        return Integer.parseInt(text);
    }
}
