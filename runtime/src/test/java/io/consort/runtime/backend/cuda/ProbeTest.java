package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cuda.Availability.Off;
import io.consort.runtime.backend.cuda.Availability.Ready;
import io.consort.runtime.backend.cuda.Availability.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final Machine.Gpu HOPPER = new Machine.Gpu("Some H", 90, 141L << 30);
    private static final KernelImage KERNELS = new KernelImage(new byte[1], 13_000, "sm_80 sm_90a");

    /** A machine of which every answer is given. */
    private record Told(
            OptionalInt driverVersion,
            Optional<String> bindingProblem,
            List<Gpu> devices,
            Optional<KernelImage> kernels,
            Optional<String> refused,
            Optional<String> cublasLt)
            implements Machine {

        @Override
        public Optional<String> loadProblem(KernelImage image) {
            return refused;
        }
    }

    private static final Told WORKING =
            new Told(
                    OptionalInt.of(13_000),
                    Optional.empty(),
                    List.of(HOPPER),
                    Optional.of(KERNELS),
                    Optional.empty(),
                    Optional.of("libcublasLt.so.13"));

    private static Told driver(OptionalInt version) {
        return new Told(
                version,
                WORKING.bindingProblem,
                WORKING.devices,
                WORKING.kernels,
                WORKING.refused,
                WORKING.cublasLt);
    }

    private static Told devices(List<Machine.Gpu> devices) {
        return new Told(
                WORKING.driverVersion,
                WORKING.bindingProblem,
                devices,
                WORKING.kernels,
                WORKING.refused,
                WORKING.cublasLt);
    }

    private static Told kernels(Optional<KernelImage> kernels, Optional<String> refused) {
        return new Told(
                WORKING.driverVersion,
                WORKING.bindingProblem,
                WORKING.devices,
                kernels,
                refused,
                WORKING.cublasLt);
    }

    private static Off off(Machine machine) {
        Availability answer = Probe.guarded(machine, true);
        assertThat(answer).isInstanceOf(Off.class);
        return (Off) answer;
    }

    @Test
    void aMachineThatHasEverythingIsOn() {
        Availability answer = Probe.guarded(WORKING, true);
        assertThat(answer).isInstanceOf(Ready.class);
        assertThat(answer.text())
                .startsWith("on: Some H")
                .contains("9.0", "13.0", "libcublasLt.so.13");
    }

    @Test
    void withoutCublasLtItIsDegradedAndOn() {
        Told machine =
                new Told(
                        WORKING.driverVersion,
                        WORKING.bindingProblem,
                        WORKING.devices,
                        WORKING.kernels,
                        WORKING.refused,
                        Optional.empty());
        Availability answer = Probe.guarded(machine, true);
        assertThat(answer).isInstanceOf(Ready.class);
        assertThat(answer.text()).contains("degraded", "cuBLASLt is missing");
    }

    @Test
    void aMissingDriverIsTheFirstThingSaid() {
        Off answer = off(driver(OptionalInt.empty()));
        assertThat(answer.reason()).isEqualTo(Reason.NO_DRIVER);
        assertThat(answer.text()).contains("libcuda.so.1", "install");
    }

    @Test
    void aDriverTooOldSaysWhichVersionIsNeeded() {
        Off answer = off(driver(OptionalInt.of(11_080)));
        assertThat(answer.reason()).isEqualTo(Reason.DRIVER_TOO_OLD);
        assertThat(answer.text()).contains("CUDA 11.8", "CUDA 12.0");
    }

    @Test
    void aDriverOlderThanTheKernelsCompilerSaysSo() {
        Off answer = off(driver(OptionalInt.of(12_080)));
        assertThat(answer.reason()).isEqualTo(Reason.DRIVER_TOO_OLD);
        assertThat(answer.text()).contains("CUDA 12.8", "kernels were compiled with CUDA 13.0");
        assertThat(Probe.guarded(driver(OptionalInt.of(12_080)), false)).isInstanceOf(Ready.class);
    }

    @Test
    void bindingsThatCannotBeLoadedAreNamed() {
        Told machine =
                new Told(
                        WORKING.driverVersion,
                        Optional.of("no libJCudaDriver"),
                        WORKING.devices,
                        WORKING.kernels,
                        WORKING.refused,
                        WORKING.cublasLt);
        assertThat(off(machine).reason()).isEqualTo(Reason.NO_BINDINGS);
        assertThat(off(machine).text()).contains("no libJCudaDriver");
    }

    @Test
    void aMachineWithoutDevicesIsOff() {
        assertThat(off(devices(List.of())).reason()).isEqualTo(Reason.NO_DEVICE);
    }

    @Test
    void aBuildWithoutKernelsBlamesTheMissingCompiler() {
        Off answer = off(kernels(Optional.empty(), Optional.empty()));
        assertThat(answer.reason()).isEqualTo(Reason.NO_KERNELS);
        assertThat(answer.text()).contains("nvcc");
        assertThat(Probe.guarded(kernels(Optional.empty(), Optional.empty()), false))
                .isInstanceOf(Ready.class);
    }

    @Test
    void aDeviceThatIsTooOldOrRefusesTheKernelsIsNamed() {
        Off old = off(devices(List.of(new Machine.Gpu("Some T", 75, 16L << 30))));
        assertThat(old.reason()).isEqualTo(Reason.WRONG_ARCHITECTURE);
        assertThat(old.text()).contains("Some T", "7.5", "8.0");

        Off refused = off(kernels(Optional.of(KERNELS), Optional.of("no binary for it")));
        assertThat(refused.reason()).isEqualTo(Reason.WRONG_ARCHITECTURE);
        assertThat(refused.text()).contains("sm_80 sm_90a", "no binary for it");
    }

    @Test
    void aDriverThatFailsIsReportedAndNotThrown() {
        Machine failing =
                new Machine() {
                    @Override
                    public OptionalInt driverVersion() {
                        return OptionalInt.of(13_000);
                    }

                    @Override
                    public Optional<String> bindingProblem() {
                        return Optional.empty();
                    }

                    @Override
                    public List<Gpu> devices() {
                        throw new IllegalStateException("it is gone");
                    }

                    @Override
                    public Optional<KernelImage> kernels() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> loadProblem(KernelImage image) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> cublasLt() {
                        return Optional.empty();
                    }
                };
        assertThat(off(failing).reason()).isEqualTo(Reason.DRIVER_FAILS);
        assertThat(off(failing).text()).contains("it is gone");
    }

    @Test
    void thisMachineIsAnsweredForWithoutAnException() {
        assertThat(Probe.backend().text()).matches("(?s)(on|off): .+");
        assertThat(Probe.driver().text()).matches("(?s)(on|off): .+");
    }

    @Test
    void versionsAreReadAsTheDriverNumbersThem() {
        assertThat(KernelImage.version("13.0")).isEqualTo(13_000);
        assertThat(KernelImage.version("12.8")).isEqualTo(12_080);
        assertThat(KernelImage.version("13")).isEqualTo(13_000);
        assertThat(KernelImage.version("unknown")).isZero();
    }
}
