package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Kernel;
import io.consort.runtime.backend.cuda.driver.KernelModule;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kernels of this build on one device, by name. Thread-safe. */
final class Kernels implements AutoCloseable {

    private static final int SHARED_WITHOUT_ASKING = 48 << 10;

    private final KernelModule module;
    private final Map<String, Kernel> kernels = new ConcurrentHashMap<>();

    Kernels(Context context, KernelImage image) {
        module = KernelModule.load(context, image.bytes());
    }

    Kernel get(String name) {
        return get(name, 0);
    }

    /** A kernel that is launched with so much dynamic shared memory, always the same. */
    Kernel get(String name, int sharedBytes) {
        Kernel known = kernels.get(name);
        if (known != null) {
            return known;
        }
        Kernel kernel = module.kernel(name);
        if (sharedBytes > SHARED_WITHOUT_ASKING) {
            kernel.allowShared(sharedBytes);
        }
        kernels.put(name, kernel);
        return kernel;
    }

    @Override
    public void close() {
        module.close();
    }
}
