package io.consort.experts;

/**
 * A value that must not be printed.
 *
 * @param value the secret itself; every call of this accessor is a use that must not reach a log
 */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
