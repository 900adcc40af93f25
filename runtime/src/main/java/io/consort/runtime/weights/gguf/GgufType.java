package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.DType;
import java.util.Arrays;
import java.util.Optional;

/** The tensor types that GGUF files may name, by their numbers. */
enum GgufType {
    F32(0, DType.F32),
    F16(1, DType.F16),
    Q4_0(2, DType.Q4_0),
    Q4_1(3),
    Q5_0(6),
    Q5_1(7),
    Q8_0(8, DType.Q8_0),
    Q8_1(9),
    Q2_K(10),
    Q3_K(11),
    Q4_K(12, DType.Q4_K),
    Q5_K(13),
    Q6_K(14, DType.Q6_K),
    Q8_K(15),
    IQ2_XXS(16),
    IQ2_XS(17),
    IQ3_XXS(18),
    IQ1_S(19),
    IQ4_NL(20),
    IQ3_S(21),
    IQ2_S(22),
    IQ4_XS(23),
    I8(24, DType.I8),
    I16(25, DType.I16),
    I32(26, DType.I32),
    I64(27, DType.I64),
    F64(28, DType.F64),
    IQ1_M(29),
    BF16(30, DType.BF16),
    TQ1_0(34),
    TQ2_0(35),
    MXFP4(39);

    private final int number;
    private final Optional<DType> type;

    GgufType(int number) {
        this.number = number;
        this.type = Optional.empty();
    }

    GgufType(int number, DType type) {
        this.number = number;
        this.type = Optional.of(type);
    }

    int number() {
        return number;
    }

    /** How its elements are stored, where that is known here. */
    Optional<DType> type() {
        return type;
    }

    static Optional<GgufType> of(long number) {
        return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
    }

    static Optional<GgufType> of(DType type) {
        return Arrays.stream(values())
                .filter(known -> known.type.equals(Optional.of(type)))
                .findFirst();
    }
}
