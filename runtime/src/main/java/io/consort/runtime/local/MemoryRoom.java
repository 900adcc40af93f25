package io.consort.runtime.local;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory models may take. */
public interface MemoryRoom {

    /**
     * Bytes of weights that can be mapped and stay in memory, or be copied, counting those that are
     * mapped now.
     */
    long forWeights();

    /** Bytes that can still be allocated for keys and values. */
    long forCache();

    /** What this machine, or this container, has: its free memory, and what is left of the heap. */
    static MemoryRoom ofMachine() {
        return new MemoryRoom() {
            @Override
            public long forWeights() {
                return availableOfMachine();
            }

            @Override
            public long forCache() {
                Runtime runtime = Runtime.getRuntime();
                return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
            }
        };
    }

    private static long availableOfMachine() {
        var system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        Path info = Path.of("/proc/meminfo");
        if (Files.isReadable(info)) {
            try {
                return Math.min(system.getTotalMemorySize(), available(Files.readAllLines(info)));
            } catch (IOException e) {
                return system.getFreeMemorySize();
            }
        }
        return system.getFreeMemorySize();
    }

    /** What Linux counts as available, which includes files that it only caches. */
    private static long available(List<String> lines) throws IOException {
        for (String line : lines) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no MemAvailable");
    }
}
