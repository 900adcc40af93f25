package io.consort.runtime.backend.cpu;

import java.lang.foreign.MemorySegment;

/** Memory as kernels want it. */
final class Segments {

    private Segments() {}

    /**
     * The same memory, with the same bounds and life, in a segment of one class whether it is mapped
     * or allocated: kernels that meet two classes grow beyond what the compiler inlines.
     */
    @SuppressWarnings("restricted")
    static MemorySegment plain(MemorySegment data) {
        return data.isNative() ? data.reinterpret(data.byteSize()) : data;
    }
}
