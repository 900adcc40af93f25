package io.consort.service.cli;

/** Numbers that options have. */
final class Numbers {

    private Numbers() {}

    /**
     * A number from 1 on.
     *
     * @throws UsageException when the text is none
     */
    static long read(String option, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // falls through to the complaint
        }
        throw new UsageException(
                "%s must be a number from 1 to %d, not %s".formatted(option, most, text));
    }
}
