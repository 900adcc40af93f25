package io.consort.router.outcomes;

import io.consort.router.map.Budgets;
import io.consort.router.map.Measure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code eval-router} was asked for. */
record EvalArguments(
        Path folder,
        List<Contender> policies,
        Budgets budgets,
        long seed,
        boolean json,
        Optional<Path> descriptors,
        Optional<Path> plot) {

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException when they are wrong; the message says which
     */
    static EvalArguments of(List<String> args) {
        Optional<Path> folder = Optional.empty();
        Optional<Path> plot = Optional.empty();
        Optional<Path> descriptors = Optional.empty();
        List<Contender> policies = List.of(Contender.values());
        Budgets budgets = Budgets.NONE;
        long seed = 1;
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--seed" -> seed = whole(value(argument, rest));
                case "--plot" -> plot = Optional.of(Path.of(value(argument, rest)));
                case "--descriptors" -> descriptors = Optional.of(Path.of(value(argument, rest)));
                case "--budget" -> budgets = budgets(budgets, value(argument, rest));
                case "--policies" ->
                        policies =
                                Arrays.stream(value(argument, rest).split(",", -1))
                                        .map(Contender::named)
                                        .distinct()
                                        .toList();
                default -> {
                    if (argument.startsWith("-") || folder.isPresent()) {
                        throw new IllegalArgumentException("what is '%s'?".formatted(argument));
                    }
                    folder = Optional.of(Path.of(argument));
                }
            }
        }
        return new EvalArguments(
                folder.orElseThrow(() -> new IllegalArgumentException("which DIR?")),
                policies,
                budgets,
                seed,
                json,
                descriptors,
                plot);
    }

    private static Budgets budgets(Budgets before, String text) {
        Budgets budgets = before;
        for (String one : text.split(",", -1)) {
            int sign = one.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException(
                        "--budget needs NAME=VALUE, such as active-parameters=20B, not '%s'"
                                .formatted(one));
            }
            Measure measure = Measure.named(one.substring(0, sign));
            budgets = budgets.with(measure, amount(one.substring(sign + 1)));
        }
        return budgets;
    }

    /** A number with a unit behind it: K, M, B, GiB, MiB, ms or s. */
    private static double amount(String text) {
        String[] units = {"gib", "mib", "ms", "k", "m", "b", "s"};
        double[] factors = {1 << 30, 1 << 20, 1, 1e3, 1e6, 1e9, 1e3};
        String number = text.toLowerCase(Locale.ROOT);
        double factor = 1;
        for (int i = 0; i < units.length; i++) {
            if (number.endsWith(units[i])) {
                factor = factors[i];
                number = number.substring(0, number.length() - units[i].length());
                break;
            }
        }
        double amount;
        try {
            amount = factor * Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(noAmount(text), e);
        }
        if (!Double.isFinite(amount)) {
            throw new IllegalArgumentException(noAmount(text));
        }
        return amount;
    }

    private static String noAmount(String text) {
        return "--budget needs a number, such as 0.5, 20B, 800ms or 40GiB, not '%s'"
                .formatted(text);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--seed needs a whole number, not '%s'".formatted(text), e);
        }
    }
}
