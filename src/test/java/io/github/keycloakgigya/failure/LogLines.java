package io.github.keycloakgigya.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What a class writes into the log, of all levels, as long as this is open. */
public final class LogLines extends Handler implements AutoCloseable {

    private static final PatternFormatter LINE = new PatternFormatter("%p %s");

    private final List<String> lines = new ArrayList<>();
    private final Logger logger;
    private final Level before;

    /** Opens the log of a class. */
    public LogLines(Class<?> category) {
        this.logger = Logger.getLogger(category.getName());
        this.before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    /** {@return lines such as "WARN text"} */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord written) {
        lines.add(LINE.format(written));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
