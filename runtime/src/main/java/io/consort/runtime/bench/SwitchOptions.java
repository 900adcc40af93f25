package io.consort.runtime.bench;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench switch} is asked to do; sizes and speeds are in gigabytes.
 *
 * @param expert bytes of one expert
 * @param device for weights on the device
 * @param pinned for weights in pinned memory
 * @param link from pinned memory to the device, a second
 * @param file from files to pinned memory, a second
 * @param rate requests a second
 * @param service seconds that a request computes
 */
record SwitchOptions(
        int experts,
        int expert,
        int device,
        int pinned,
        int link,
        int file,
        int requests,
        double rate,
        double service,
        long seed,
        boolean json) {

    static final String USAGE =
            """
            usage: consort bench switch [--experts N] [--expert GB] [--device GB] [--pinned GB] [--link GB]
                                        [--file GB] [--requests N] [--rate N] [--service S] [--seed N] [--json]

            Plays made-up arrivals to the memory tiers in simulated time, for plain LRU and for grouping and
            prices, and tells how often weights were loaded and how long requests waited for them.

              --experts N   experts of one size (default: 40)
              --expert GB   that size (default: 16)
              --device GB   device memory for weights (default: 120)
              --pinned GB   pinned memory for weights (default: 320)
              --link GB     a second from pinned memory to the device (default: 53)
              --file GB     a second from files to pinned memory (default: 8)
              --requests N  requests (default: 5000)
              --rate N      requests a second (default: 4)
              --service S   seconds that each computes (default: 2)
              --seed N      of the arrivals (default: 1)
              --json        print one JSON object instead of text
              --help        print this and exit
            """;

    private static final Map<String, Integer> DEFAULTS =
            Map.of(
                    "--experts", 40,
                    "--expert", 16,
                    "--device", 120,
                    "--pinned", 320,
                    "--link", 53,
                    "--file", 8,
                    "--requests", 5000,
                    "--rate", 4,
                    "--service", 2,
                    "--seed", 1);

    static SwitchOptions parse(List<String> args) {
        Map<String, Integer> values = new HashMap<>(DEFAULTS);
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            if (arg.equals("--json")) {
                json = true;
            } else if (values.containsKey(arg)) {
                values.put(arg, number(arg, rest.hasNext() ? rest.next() : ""));
            } else {
                throw new IllegalArgumentException(
                        "unknown option `%s`; see --help".formatted(arg));
            }
        }
        SwitchOptions options = of(values, json);
        if (options.expert > options.device) {
            throw new IllegalArgumentException(
                    "`--expert` is %d and `--device` is %d; let one expert fit on the device"
                            .formatted(options.expert, options.device));
        }
        return options;
    }

    private static SwitchOptions of(Map<String, Integer> values, boolean json) {
        return new SwitchOptions(
                values.getOrDefault("--experts", 1),
                values.getOrDefault("--expert", 1),
                values.getOrDefault("--device", 1),
                values.getOrDefault("--pinned", 1),
                values.getOrDefault("--link", 1),
                values.getOrDefault("--file", 1),
                values.getOrDefault("--requests", 1),
                values.getOrDefault("--rate", 1),
                values.getOrDefault("--service", 1),
                values.getOrDefault("--seed", 1),
                json);
    }

    private static int number(String option, String value) {
        if (!value.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(
                    "`%s` is \"%s\"; give a whole number from 1 to 999999"
                            .formatted(option, value));
        }
        return Integer.parseInt(value);
    }
}
