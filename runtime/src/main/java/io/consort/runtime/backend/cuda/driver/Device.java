package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.IntStream;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;

/** A device that the driver shows to this process. Owns nothing. */
public final class Device {

    private static final int HOPPER = 90;

    private static final int NAME_BYTES = 128;

    private final int ordinal;
    private final CUdevice handle;

    private Device(int ordinal) {
        this.ordinal = ordinal;
        this.handle = new CUdevice();
        check(JCudaDriver.cuDeviceGet(handle, ordinal), "cuDeviceGet");
    }

    /**
     * All devices, in the driver's order.
     *
     * @throws CudaException when the driver cannot be initialised
     */
    public static List<Device> all() {
        check(JCudaDriver.cuInit(0), "cuInit");
        int[] count = new int[1];
        check(JCudaDriver.cuDeviceGetCount(count), "cuDeviceGetCount");
        return IntStream.range(0, count[0]).mapToObj(Device::new).toList();
    }

    /** Its place in the driver's order. */
    public int ordinal() {
        return ordinal;
    }

    /** The name that its maker gave it. */
    public String name() {
        byte[] bytes = new byte[NAME_BYTES];
        check(JCudaDriver.cuDeviceGetName(bytes, bytes.length, handle), "cuDeviceGetName");
        String text = new String(bytes, UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** Bytes of memory, used or not. */
    public long memoryBytes() {
        long[] bytes = new long[1];
        check(JCudaDriver.cuDeviceTotalMem(bytes, handle), "cuDeviceTotalMem");
        return bytes[0];
    }

    /** Major version of its architecture, times ten, plus the minor one. */
    public int computeCapability() {
        return 10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
                + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    }

    /** Whether it runs kernels that were compiled for Hopper alone. */
    public boolean isHopper() {
        return computeCapability() == HOPPER;
    }

    /** Number of multiprocessors. */
    public int multiprocessors() {
        return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    }

    /** Bytes of shared memory that one block may ask for. */
    public int sharedMemoryPerBlock() {
        return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN);
    }

    /**
     * Any other property.
     *
     * @param number as {@code CUdevice_attribute} of the driver's header numbers it
     */
    public int attribute(int number) {
        int[] value = new int[1];
        check(JCudaDriver.cuDeviceGetAttribute(value, number, handle), "cuDeviceGetAttribute");
        return value[0];
    }

    CUdevice handle() {
        return handle;
    }

    @Override
    public String toString() {
        return "%s, compute capability %d.%d, %,d MiB"
                .formatted(
                        name(),
                        computeCapability() / 10,
                        computeCapability() % 10,
                        memoryBytes() >> 20);
    }
}
