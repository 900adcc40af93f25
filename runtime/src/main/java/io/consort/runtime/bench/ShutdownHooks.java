package io.consort.runtime.bench;

/** What is done when the program is interrupted, for as long as there is something to do. */
final class ShutdownHooks {

    private ShutdownHooks() {}

    /** Takes a hook back; a program that ends already runs it or has run it. */
    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The program ends: the hook runs.
        }
    }
}
