// The kernels that run whole steps. See `program.cuh`.
#include "program.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900
#define PERFORM(FORMAT, SIZE)                                \
    awaitPrevious();                                         \
    perform<FORMAT, SIZE>({instructions, count, choices, choiceCount, rounds, exchange, words});
#else
#define PERFORM(FORMAT, SIZE)
#endif

// Names: format of weights, size of heads.
#define PROGRAM(NAME, FORMAT, SIZE)                                                              \
    extern "C" __global__ void __launch_bounds__(ALL_THREADS, 1)                                 \
        run_program_##NAME##_##SIZE(const Instruction* instructions, int count,                  \
                                    const Choice* choices, int choiceCount, Rounds* rounds, \
                                    uint32_t* exchange, int words) {                             \
        PERFORM(FORMAT, SIZE)                                                                    \
    }
PROGRAM(bf16, Plain<Bf16>, 64)
PROGRAM(bf16, Plain<Bf16>, 128)
PROGRAM(f16, Plain<F16>, 64)
PROGRAM(f16, Plain<F16>, 128)
PROGRAM(q8, Eight, 64)
PROGRAM(q8, Eight, 128)
PROGRAM(q4, consort::Four, 64)
PROGRAM(q4, consort::Four, 128)

}  // namespace consort::program
