package io.consort.runtime.check;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.CudaBackend;
import io.consort.runtime.backend.cuda.Precision;
import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.backend.cuda.Quantisation;

/** The backends that a model can be checked on, by name. */
final class Backends {

    static final String CPU = "cpu";
    static final String CUDA = "cuda";

    private Backends() {}

    /** @throws IllegalArgumentException unless there is a backend of that name */
    static String require(String name) {
        if (!name.equals(CPU) && !name.equals(CUDA)) {
            throw new IllegalArgumentException(
                    "`--backend` is \"%s\", which is not built in; use cpu or cuda"
                            .formatted(name));
        }
        return name;
    }

    /** How far its numbers may lie from the expected ones. */
    static Tolerance tolerance(String name) {
        return name.equals(CPU) ? Tolerance.FULL : Tolerance.SIXTEEN_BIT;
    }

    /** @throws IllegalArgumentException with the reason, when the backend is off on this machine */
    static Backend open(String name) {
        if (name.equals(CPU)) {
            return CpuBackend.ofMachine();
        }
        Availability cuda = Probe.backend();
        if (!(cuda instanceof Availability.Ready)) {
            throw new IllegalArgumentException("`--backend` is cuda, and CUDA is " + cuda.text());
        }
        return CudaBackend.open(Precision.MIXED, Quantisation.NONE);
    }
}
