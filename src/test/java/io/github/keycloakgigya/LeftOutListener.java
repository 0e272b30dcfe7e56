package io.github.keycloakgigya;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes down what is left out of a run and why, for {@link LeftOut} to tell at the end of the build. JUnit finds it by
 * itself.
 */
public final class LeftOutListener implements TestExecutionListener {

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        note(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            note(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    private static void note(TestIdentifier test, String reason) {
        var what = test.getSource().map(source -> what(source)).orElse(test.getDisplayName());
        // Maven runs tests in the project's directory.
        var notes = Path.of("target").resolve(LeftOut.NOTES);
        try {
            Files.createDirectories(notes.getParent());
            Files.writeString(
                    notes,
                    new LeftOut.Note(reason, what, test.isContainer()).line(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String what(TestSource source) {
        if (source instanceof MethodSource method) {
            return simpleName(method.getClassName());
        }
        return source instanceof ClassSource type ? simpleName(type.getClassName()) : source.toString();
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
