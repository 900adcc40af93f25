// Barriers in shared memory, at which threads and asynchronous copies arrive.
#pragma once

#include "common.cuh"

namespace consort {

// Describes a tensor to the bulk copy engine, as the driver encodes it.
struct alignas(64) TensorMap {
    char bytes[128];
};

#if __CUDA_ARCH__ >= 900

__device__ __forceinline__ uint32_t sharedAddress(const void* pointer) {
    return static_cast<uint32_t>(__cvta_generic_to_shared(pointer));
}

__device__ __forceinline__ void prepareBarrier(uint64_t* barrier, int arrivals) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(sharedAddress(barrier)), "r"(arrivals));
}

__device__ __forceinline__ void expectBytes(uint64_t* barrier, int bytes) {
    asm volatile("mbarrier.arrive.expect_tx.shared::cta.b64 _, [%0], %1;" ::"r"(sharedAddress(barrier)),
                 "r"(bytes)
                 : "memory");
}

__device__ __forceinline__ void arrive(uint64_t* barrier) {
    asm volatile("mbarrier.arrive.shared::cta.b64 _, [%0];" ::"r"(sharedAddress(barrier)) : "memory");
}

__device__ __forceinline__ void await(uint64_t* barrier, uint32_t parity) {
    asm volatile(
        "{\n"
        ".reg .pred done;\n"
        "again:\n"
        "mbarrier.try_wait.parity.shared::cta.b64 done, [%0], %1;\n"
        "@!done bra again;\n"
        "}\n" ::"r"(sharedAddress(barrier)),
        "r"(parity)
        : "memory");
}

// Whether a phase is over.
__device__ __forceinline__ bool isOver(uint64_t* barrier, uint32_t parity) {
    uint32_t over;
    asm volatile(
        "{\n"
        ".reg .pred done;\n"
        "mbarrier.test_wait.parity.shared::cta.b64 done, [%1], %2;\n"
        "selp.u32 %0, 1, 0, done;\n"
        "}\n"
        : "=r"(over)
        : "r"(sharedAddress(barrier)), "r"(parity)
        : "memory");
    return over != 0;
}

// A bulk copy, with a policy for the cache.
__device__ __forceinline__ void bring(void* to, const void* from, int bytes, uint64_t* barrier, uint64_t policy) {
    asm volatile(
        "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes.L2::cache_hint [%0], [%1], %2, [%3], "
        "%4;" ::"r"(sharedAddress(to)),
        "l"(from), "r"(bytes), "r"(sharedAddress(barrier)), "l"(policy)
        : "memory");
}

// A bulk copy of a box of a tensor of two dimensions.
__device__ __forceinline__ void bringBox(void* to, const TensorMap& map, int first, int second, uint64_t* barrier) {
    asm volatile(
        "cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3}], [%4];"
        ::"r"(sharedAddress(to)),
        "l"(&map), "r"(first), "r"(second), "r"(sharedAddress(barrier))
        : "memory");
}

// The same, with a policy for the cache.
__device__ __forceinline__ void bringBox(void* to, const TensorMap& map, int first, int second, uint64_t* barrier,
                                         uint64_t policy) {
    asm volatile(
        "cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes.L2::cache_hint [%0], "
        "[%1, {%2, %3}], [%4], %5;" ::"r"(sharedAddress(to)),
        "l"(&map), "r"(first), "r"(second), "r"(sharedAddress(barrier)), "l"(policy)
        : "memory");
}

// Lets a box of a tensor come to the cache.
__device__ __forceinline__ void expectBox(const TensorMap& map, int first, int second) {
    asm volatile("cp.async.bulk.prefetch.tensor.2d.L2.global.tile [%0, {%1, %2}];" ::"l"(&map), "r"(first),
                 "r"(second)
                 : "memory");
}

// Place in a ring of so many.
template <int COUNT>
struct RingPlace {
    int index = 0;
    uint32_t parity = 0;

    __device__ __forceinline__ RingPlace next() const {
        bool wraps = index + 1 == COUNT;
        return {wraps ? 0 : index + 1, wraps ? parity ^ 1 : parity};
    }
};

#endif

}  // namespace consort
