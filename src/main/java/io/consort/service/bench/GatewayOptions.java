package io.consort.service.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench gateway} was asked for.
 *
 * @param rounds how often every measurement is made; the medians are reported
 * @param seconds for one measurement
 * @param warmUp before the first round at least
 * @param connections clients at once; 1 stands for the latency measurement, others for throughput
 */
record GatewayOptions(
        boolean help,
        boolean json,
        int rounds,
        Duration seconds,
        Duration warmUp,
        List<Integer> connections) {

    static final String USAGE =
            """
            usage: ./consort bench gateway [OPTIONS]

            Measures the gateway against a stub server on this machine, with nginx as a proxy of
            the same stub beside it. Load and stub run on one core, the servers on another.

              --rounds N             how often everything is measured; medians are shown (5)
              --seconds S            time for one measurement (2)
              --warm-up S            time to warm the gateway up at least (10)
              --connections N,N,...  clients at once; 1 measures latency (1,16,64)
              --json                 the figures as JSON on stdout
            """;

    private static final int MOST_CONNECTIONS = 1_000;

    /**
     * The options in the arguments that follow the verb.
     *
     * @throws IllegalArgumentException naming the option and what it takes
     */
    static GatewayOptions parse(List<String> arguments) {
        boolean help = false;
        boolean json = false;
        int rounds = 5;
        Duration seconds = Duration.ofSeconds(2);
        Duration warmUp = Duration.ofSeconds(10);
        List<Integer> connections = List.of(1, 16, 64);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "-h", "--help" -> help = true;
                case "--json" -> json = true;
                case "--rounds" -> rounds = number(option, value(option, rest), 1, 1_000);
                case "--seconds" -> seconds = duration(option, value(option, rest));
                case "--warm-up" -> warmUp = duration(option, value(option, rest));
                case "--connections" -> connections = numbers(option, value(option, rest));
                default ->
                        throw new IllegalArgumentException(
                                "`bench gateway` has no option \"%s\"; see --help"
                                        .formatted(option));
            }
        }
        return new GatewayOptions(help, json, rounds, seconds, warmUp, connections);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("`%s` needs a value; see --help".formatted(option));
        }
        return rest.next();
    }

    private static int number(String option, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notNumber) {
            // said below, together with numbers out of range
        }
        throw new IllegalArgumentException(
                "`%s` takes whole numbers from %d to %d, not \"%s\""
                        .formatted(option, least, most, text));
    }

    private static List<Integer> numbers(String option, String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            numbers.add(number(option, part, 1, MOST_CONNECTIONS));
        }
        return List.copyOf(numbers);
    }

    private static Duration duration(String option, String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds <= 3_600) {
                return Duration.ofMillis(Math.max(1, Math.round(seconds * 1e3)));
            }
        } catch (NumberFormatException notNumber) {
            // said below, together with numbers out of range
        }
        throw new IllegalArgumentException(
                "`%s` takes seconds above 0 and at most 3600, not \"%s\"".formatted(option, text));
    }
}
