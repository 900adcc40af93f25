package io.consort.runtime.backend.cuda.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A kernel that needs no compiler: the driver compiles its text. */
final class TestKernels {

    /** {@code axpy(float* y, int n, float a)}: {@code y[i] = a * y[i] + i}. */
    private static final String TEXT =
            """
            .version 7.0
            .target sm_80
            .address_size 64
            .visible .entry axpy(.param .u64 y, .param .u32 n, .param .f32 a)
            {
                .reg .pred %p<2>;
                .reg .b32 %r<6>;
                .reg .f32 %f<5>;
                .reg .b64 %rd<5>;
                ld.param.u64 %rd1, [y];
                ld.param.u32 %r1, [n];
                ld.param.f32 %f1, [a];
                mov.u32 %r2, %ctaid.x;
                mov.u32 %r3, %ntid.x;
                mov.u32 %r4, %tid.x;
                mad.lo.s32 %r5, %r2, %r3, %r4;
                setp.ge.s32 %p1, %r5, %r1;
                @%p1 bra DONE;
                cvta.to.global.u64 %rd2, %rd1;
                mul.wide.s32 %rd3, %r5, 4;
                add.s64 %rd4, %rd2, %rd3;
                ld.global.f32 %f2, [%rd4];
                cvt.rn.f32.s32 %f3, %r5;
                fma.rn.f32 %f4, %f1, %f2, %f3;
                st.global.f32 [%rd4], %f4;
            DONE:
                ret;
            }
            \0\
            """;

    private TestKernels() {}

    static KernelModule load(Context context) {
        return KernelModule.load(context, TEXT.getBytes(US_ASCII));
    }

    static Grid gridFor(int count) {
        return Grid.of(Math.ceilDiv(count, 256), 256);
    }
}
