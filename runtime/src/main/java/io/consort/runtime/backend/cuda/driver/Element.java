package io.consort.runtime.backend.cuda.driver;

/** The elements of matrices that {@link CublasLt} multiplies. */
public enum Element {
    /** Single precision. */
    F32(0, 4),
    /** Half precision. */
    F16(2, 2),
    /** Brain floating point. */
    BF16(14, 2),
    /** Four bits of exponent, three of mantissa; on Ada, Hopper and later. */
    F8_E4M3(28, 1);

    private final int number;
    private final int bytes;

    Element(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /** Its size. */
    public int bytes() {
        return bytes;
    }

    /** Its number among the library's data types. */
    int number() {
        return number;
    }
}
