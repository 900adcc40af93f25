// A whole step as one kernel, or the steps of several models: blocks that stay walk through a list of instructions
// and give each other rows through an exchange, from which each takes what it needs as it comes. In each block
// one thread does nothing but bring weights: it runs ahead of the others, into the next instructions too, by as much as
// shared memory holds, so that the memory never idles. Another warp ends what the others have summed up, and gives it
// to the other blocks, so that those who multiply do nothing else.
#pragma once

#include "program_computing.cuh"

namespace consort::program {

#if __CUDA_ARCH__ == 900  // `setmaxnreg` is of that architecture alone

template <typename Format, int SIZE>
__device__ __forceinline__ void perform(const ProgramArguments& a) {
    Memory& memory = sharedMemory();
    Exchange exchange(a);
    if (threadIdx.x == 0) {
        for (int slot = 0; slot < SLOTS; slot++) {
            prepareBarrier(&memory.full[slot], 1);
            prepareBarrier(&memory.empty[slot], WARPS);
        }
        for (int place = 0; place < SUMS; place++) {
            prepareBarrier(&memory.summed[place], WARPS);
            prepareBarrier(&memory.ended[place], 1);
        }
        prepareBarrier(&memory.begun[0], 1);
        prepareBarrier(&memory.begun[1], 1);
        prepareBarrier(&memory.finished, 1);
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
    }
    __syncthreads();
    if (threadIdx.x >= THREADS) {
        asm volatile("setmaxnreg.dec.sync.aligned.u32 %0;" ::"n"(OTHER_REGISTERS));
        if (threadIdx.x == THREADS) {
            Bringer(memory).run(a);
        } else if (threadIdx.x / WARP == WARPS + 1) {
            Finisher(memory, exchange).run<typename Format::Activation>(a);
        } else if (threadIdx.x / WARP == WARPS + 2) {
            clear(exchange, a.words);
        }
    } else {
        asm volatile("setmaxnreg.inc.sync.aligned.u32 %0;" ::"n"(COMPUTING_REGISTERS));
        Computer<Format, SIZE>(exchange).run(a);
    }
}

#endif

}  // namespace consort::program
