package io.consort.runtime.backend;

/** What is known of an exception that a device has caused. */
public interface DeviceFailure {

    /** Whether there is no memory left; nothing else has changed. */
    boolean isOutOfMemory();

    /** Whether nothing works on the device any more until the process is started again. */
    boolean isDeviceLost();

    /** Whether an exception, or what caused it, says that the device is lost. */
    static boolean isLost(Throwable thrown) {
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            if (next instanceof DeviceFailure failure && failure.isDeviceLost()) {
                return true;
            }
        }
        return false;
    }
}
