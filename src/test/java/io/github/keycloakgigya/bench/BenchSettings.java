package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.it.ServerFailureException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * What the benchmarks are told.
 *
 * @param accounts Gigya accounts of a full sync ({@code -Dbench.accounts})
 * @param manyAccounts Gigya accounts of the sync that shows whether the rate holds ({@code -Dbench.many-accounts})
 * @param entries entries of the LDAP server ({@code -Dbench.entries})
 * @param pages how often a page of users is asked for ({@code -Dbench.pages})
 * @param machines how many fresh Java machines the sign-ins, and the verifications of a token, are measured in
 *     ({@code -Dbench.machines})
 * @param seconds how long sign-ins are measured at a time, and a token's verification altogether in one Java machine
 *     ({@code -Dbench.seconds})
 * @param only the suite to run; all where it is empty ({@code -Dbench.only})
 * @param postgres the folder of PostgreSQL's programs, where it is not at a usual place ({@code -Dbench.postgres})
 */
record BenchSettings(
        int accounts,
        int manyAccounts,
        int entries,
        int pages,
        int machines,
        int seconds,
        Optional<String> only,
        Optional<Path> postgres) {

    /** How long Gigya and the LDAP server take for an answer while pages are asked for. */
    static final Duration UPSTREAM_DELAY = Duration.ofMillis(50);

    private static final BenchSettings PUBLISHED =
            new BenchSettings(100_000, 300_000, 20_000, 25, 3, 10, Optional.empty(), Optional.empty());

    static BenchSettings of(Properties properties) {
        return new BenchSettings(
                number(properties, "bench.accounts", PUBLISHED.accounts),
                number(properties, "bench.many-accounts", PUBLISHED.manyAccounts),
                number(properties, "bench.entries", PUBLISHED.entries),
                number(properties, "bench.pages", PUBLISHED.pages),
                number(properties, "bench.machines", PUBLISHED.machines),
                number(properties, "bench.seconds", PUBLISHED.seconds),
                Optional.ofNullable(properties.getProperty("bench.only")),
                Optional.ofNullable(properties.getProperty("bench.postgres")).map(Path::of));
    }

    /** {@return whether the numbers are good for a try only, because less is measured than in a published run} */
    boolean isTrial() {
        return accounts < PUBLISHED.accounts
                || manyAccounts < PUBLISHED.manyAccounts
                || entries < PUBLISHED.entries
                || pages < PUBLISHED.pages
                || machines < PUBLISHED.machines
                || seconds < PUBLISHED.seconds
                || only.isPresent();
    }

    private static int number(Properties properties, String name, int otherwise) {
        var text = properties.getProperty(name, Integer.toString(otherwise));
        if (!text.matches("[1-9][0-9]{0,7}")) {
            throw new ServerFailureException("-D" + name + "=" + text + " is not a number from 1 to 99999999.");
        }
        return Integer.parseInt(text);
    }
}
