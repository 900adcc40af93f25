package io.consort.service.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Connections of this machine's servers, as the kernel of Linux lists them. */
final class OpenConnections {

    private static final String LISTENING = "0A";
    private static final String WAITING_TIME = "06";

    private OpenConnections() {}

    /**
     * How many connections a server's port has, those included that only the server holds open; empty
     * where the kernel does not tell.
     */
    static OptionalInt of(int port) {
        int count = 0;
        boolean told = false;
        for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
            try {
                if (Files.isReadable(table)) {
                    told = true;
                    count += count(Files.readAllLines(table), port);
                }
            } catch (IOException _) {
                return OptionalInt.empty();
            }
        }
        return told ? OptionalInt.of(count) : OptionalInt.empty();
    }

    /** Lines with this local port in a state that needs a socket of the server's. */
    static int count(List<String> lines, int port) {
        int count = 0;
        for (String line : lines) {
            String[] columns = line.strip().split(" +", 5);
            if (columns.length < 5 || !columns[1].contains(":")) {
                continue;
            }
            String local = columns[1].substring(columns[1].indexOf(':') + 1);
            String state = columns[3];
            if (Integer.parseInt(local, 16) == port
                    && !state.equals(LISTENING)
                    && !state.equals(WAITING_TIME)) {
                count++;
            }
        }
        return count;
    }
}
