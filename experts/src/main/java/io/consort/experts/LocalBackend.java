package io.consort.experts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a local expert is to run on. */
public enum LocalBackend {
    /** The accelerator where there is one that takes the model, else the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** An NVIDIA device; without one the expert does not answer. */
    CUDA;

    /** Its name in catalogs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of a name. */
    public static Optional<LocalBackend> named(String word) {
        return Arrays.stream(values()).filter(backend -> backend.word().equals(word)).findFirst();
    }
}
