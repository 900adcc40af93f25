package io.consort.service.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which processor cores the two sides run on.
 *
 * @param load the core of this process; absent where processes cannot be pinned
 * @param server the core of the servers that are measured
 * @param note what was done, for the report
 */
record Cores(Optional<Integer> load, Optional<Integer> server, String note) {

    /** Pins this process to one of its cores and sets another aside, where that is possible. */
    static Cores claim() {
        Optional<List<Integer>> allowed = allowed();
        if (allowed.isEmpty()) {
            return unpinned("taskset is not installed");
        }
        List<Integer> cores = allowed.get();
        if (cores.size() < 2) {
            return unpinned("this process may use one core only");
        }
        int load = cores.get(0);
        int server = cores.get(1);
        String self = Long.toString(ProcessHandle.current().pid());
        if (output(List.of("taskset", "-a", "-c", "-p", Integer.toString(load), self)).isEmpty()) {
            return unpinned("taskset was refused");
        }
        return new Cores(
                Optional.of(load),
                Optional.of(server),
                "load and stub on core %d, servers on core %d".formatted(load, server));
    }

    /** The command, run on the servers' core. */
    List<String> onServerCore(List<String> command) {
        List<String> pinned = new ArrayList<>();
        server.ifPresent(core -> pinned.addAll(List.of("taskset", "-c", Integer.toString(core))));
        pinned.addAll(command);
        return pinned;
    }

    private static Cores unpinned(String why) {
        return new Cores(Optional.empty(), Optional.empty(), "processes not pinned: " + why);
    }

    private static Optional<List<Integer>> allowed() {
        String self = Long.toString(ProcessHandle.current().pid());
        return output(List.of("taskset", "-c", "-p", self))
                .map(line -> cores(line.substring(line.lastIndexOf(' ') + 1).strip()));
    }

    /** The cores of a list such as {@code 0-3,6}. */
    static List<Integer> cores(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = Integer.parseInt(part.substring(dash + 1));
            for (int core = first; core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    private static Optional<String> output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
