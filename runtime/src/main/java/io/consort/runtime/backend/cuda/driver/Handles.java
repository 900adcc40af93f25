package io.consort.runtime.backend.cuda.driver;

import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUstream;

/** JCuda's handles with their values, which calls beside JCuda need. */
final class Handles {

    private Handles() {}

    /** A device address. */
    static CUdeviceptr device(long address) {
        return new CUdeviceptr().withByteOffset(address);
    }

    /** A host address. */
    static Pointer host(long address) {
        return new HostPointer(address);
    }

    private static final class HostPointer extends Pointer {
        HostPointer(long address) {
            super(address);
        }
    }

    /** The address that an allocation has filled in. */
    static final class Allocation extends CUdeviceptr {
        long value() {
            return getNativePointer();
        }
    }

    /** A stream. */
    static final class StreamHandle extends CUstream {
        long value() {
            return getNativePointer();
        }
    }

    /** An event. */
    static final class EventHandle extends CUevent {
        long value() {
            return getNativePointer();
        }
    }

    /** A function. */
    static final class FunctionHandle extends CUfunction {
        long value() {
            return getNativePointer();
        }
    }
}
