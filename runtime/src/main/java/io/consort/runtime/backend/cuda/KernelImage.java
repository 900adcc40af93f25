package io.consort.runtime.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * The kernels of this build, compiled ahead of time. There are none where nvcc was missing.
 *
 * @param bytes a fatbin
 * @param toolkit version of CUDA that compiled it, numbered as the driver's version
 * @param architectures what it was compiled for, in words
 */
public record KernelImage(byte[] bytes, int toolkit, String architectures) {

    /** The resource that the build of {@code native/} leaves. */
    public static final String IMAGE = "kernels.fatbin";

    /** What it says about them: {@code toolkit}, as in 13.0, and {@code architectures}. */
    public static final String FACTS = "kernels.properties";

    /** The image, when this build has one. */
    public static Optional<KernelImage> find() {
        try (InputStream image = KernelImage.class.getResourceAsStream(IMAGE);
                InputStream facts = KernelImage.class.getResourceAsStream(FACTS)) {
            if (image == null || facts == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(facts);
            return Optional.of(
                    new KernelImage(
                            image.readAllBytes(),
                            version(properties.getProperty("toolkit", "")),
                            properties.getProperty("architectures", "unknown")));
        } catch (IOException failure) {
            throw new UncheckedIOException("the kernels of this build cannot be read", failure);
        }
    }

    /** A version in words as the driver numbers it; 0 when it is none. */
    static int version(String words) {
        String[] parts = words.strip().split("\\.", -1);
        try {
            int major = Integer.parseInt(parts[0]);
            int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return 1000 * major + 10 * minor;
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
