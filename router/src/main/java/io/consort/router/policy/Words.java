package io.consort.router.policy;

import java.util.Locale;

/** Spells numbers for people. */
final class Words {

    private Words() {}

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Hundredths of a second. */
    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }

    /** Three significant digits. */
    static String money(double usd) {
        return String.format(Locale.ROOT, "%.3g USD", usd);
    }
}
