package io.github.keycloakgigya.bench;

import io.github.keycloakgigya.server.ServerFailureException;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the verification of a token costs one thread when its key is known, beside the library of the vendor's SDK. */
final class VerifyToken implements Suite {

    private static final String NAME = "verify-token";
    private static final double TARGET = 1;

    private final BenchSettings settings;

    VerifyToken(BenchSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Results results) {
        var methods = new ArrayList<>(List.of("ours", "jjwt"));
        Map<String, List<Double>> times = new HashMap<>();
        System.setProperty("java.class.path", classPath());
        for (int machine = 1; machine <= settings.machines(); machine++) {
            for (String method : methods) {
                Bench.step(
                        "Verifying a token by " + method + ", Java machine " + machine + " of " + settings.machines());
                times.computeIfAbsent(method, unused -> new ArrayList<>()).add(measure(method));
            }
            Collections.reverse(methods);
        }
        results.add(Comparison.ofTimes(
                NAME, Median.of(times.get("ours")), Median.of(times.get("jjwt")), "jjwt", "µs", TARGET));
    }

    /** {@return microseconds, in a Java machine of its own} */
    private double measure(String method) {
        var iteration = TimeValue.seconds(1);
        var options = new OptionsBuilder()
                .include("\\." + VerifyTokenWork.class.getSimpleName() + "\\." + method + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .threads(1)
                .forks(1)
                .warmupIterations(settings.seconds())
                .warmupTime(iteration)
                .measurementIterations(settings.seconds())
                .measurementTime(iteration)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            return new Runner(options).runSingle().getPrimaryResult().getScore();
        } catch (RunnerException e) {
            throw new ServerFailureException("The verification of a token could not be measured: " + e.getMessage());
        }
    }

    /** Maven runs a program in its own Java machine, whose class path is not that of the program; JMH hands it on. */
    private static String classPath() {
        var loader = Thread.currentThread().getContextClassLoader();
        if (!(loader instanceof URLClassLoader ofProgram)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(ofProgram.getURLs())
                .map(URL::toString)
                .map(address -> Path.of(URI.create(address)).toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
