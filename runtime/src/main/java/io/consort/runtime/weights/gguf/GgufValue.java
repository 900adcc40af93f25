package io.consort.runtime.weights.gguf;

import java.util.Collection;
import java.util.List;

/** A value of a GGUF file's metadata. */
public sealed interface GgufValue {

    /** Any whole number; an unsigned one above 2^63 - 1 is negative here. */
    record Whole(long value) implements GgufValue {}

    /** A floating-point number. */
    record Real(double value) implements GgufValue {}

    /** A truth value. */
    record Flag(boolean value) implements GgufValue {}

    /** A text. */
    record Text(String value) implements GgufValue {}

    /** Values of one kind. */
    record Items(List<GgufValue> values) implements GgufValue {
        public Items {
            values = List.copyOf(values);
        }
    }

    /** A whole number. */
    static GgufValue of(long value) {
        return new Whole(value);
    }

    /** A floating-point number. */
    static GgufValue of(double value) {
        return new Real(value);
    }

    /** A truth value. */
    static GgufValue of(boolean value) {
        return new Flag(value);
    }

    /** A text. */
    static GgufValue of(String value) {
        return new Text(value);
    }

    /** A list of texts. */
    static GgufValue ofTexts(Collection<String> values) {
        return new Items(values.stream().map(GgufValue::of).toList());
    }

    /** A list of whole numbers. */
    static GgufValue ofWholes(Collection<Integer> values) {
        return new Items(values.stream().map(value -> of((long) value)).toList());
    }

    /** A list of floating-point numbers. */
    static GgufValue ofReals(Collection<? extends Number> values) {
        return new Items(values.stream().map(value -> of(value.doubleValue())).toList());
    }
}
