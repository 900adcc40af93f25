package io.consort.service.cli;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Writes to the terminal what the parts log while no service runs that would set up logging. */
final class CommandLog extends Handler {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OWN = Logger.getLogger("io.consort");

    /** Warns of a missing CUDA runtime on every machine without a GPU. */
    private static final Logger TOKENIZERS = Logger.getLogger("ai.djl");

    private final PrintStream err;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private CommandLog(PrintStream err) {
        this.err = err;
    }

    /** Warnings of all libraries and progress of our own parts go to {@code err} from now on. */
    static void open(PrintStream err) {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(new CommandLog(err));
        ROOT.setLevel(Level.WARNING);
        OWN.setLevel(Level.INFO);
        TOKENIZERS.setLevel(Level.SEVERE);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            err.println("consort: " + formatter.formatMessage(entry));
        }
    }

    @Override
    public void flush() {
        err.flush();
    }

    @Override
    public void close() {}
}
