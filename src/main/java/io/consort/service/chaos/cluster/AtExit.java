package io.consort.service.chaos.cluster;

/** What is left to do when this process is ended before its time. */
final class AtExit implements AutoCloseable {

    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /** Does it at the end of the process, unless what is returned is closed before. */
    static AtExit run(Runnable work) {
        Thread hook = Thread.ofPlatform().unstarted(work);
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtExit(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // It runs already.
        }
    }
}
