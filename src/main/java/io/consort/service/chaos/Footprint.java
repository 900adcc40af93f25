package io.consort.service.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a Java process holds, as it and the kernel of Linux tell.
 *
 * @param heap bytes that are reachable, after a collection
 * @param resident bytes of memory
 * @param files open ones, sockets included
 */
record Footprint(long heap, long resident, long files, long threads) {

    /**
     * Has the process collect its garbage, and looks.
     *
     * @throws IOException where that cannot be told
     */
    static Footprint of(long pid) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(pid));
        long heap = heap(pid);
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            String status = Files.readString(process.resolve("status"));
            return new Footprint(
                    heap,
                    number(status, "VmRSS:") * 1024,
                    files.count(),
                    number(status, "Threads:"));
        }
    }

    /** The histogram of classes is taken after a full collection; its last line has the sums. */
    private static long heap(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int total = said.lastIndexOf("Total ");
        if (asked.waitFor() != 0 || total < 0) {
            throw new IOException("The service's heap cannot be looked at: " + said.strip());
        }
        String[] columns = said.substring(total).strip().split(" +", -1);
        return Long.parseLong(columns[2]);
    }

    private static long number(String status, String name) throws IOException {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line ->
                        Long.parseLong(line.substring(name.length()).replace("kB", "").strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("The kernel does not tell " + name));
    }
}
