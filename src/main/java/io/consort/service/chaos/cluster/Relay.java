package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes TCP connections on to an address, and holds back what comes over them for as long as it is
 * told to: like a network that is broken, whose ends hear nothing, not even that the other has left.
 * What was held goes on afterwards. Thread-safe.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int BACKLOG = 256;

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private final Set<InetAddress> held = new HashSet<>();
    private boolean holdsAll;

    private Relay(ServerSocket listening, InetSocketAddress target) {
        this.listening = listening;
        this.target = target;
    }

    /** A relay on a free port of an address of this machine. */
    static Relay open(InetAddress at, InetSocketAddress target) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, BACKLOG, at), target);
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Holds back everything. */
    synchronized void hold() {
        holdsAll = true;
    }

    /** Holds back what connections from this address carry, in both directions. */
    synchronized void hold(InetAddress source) {
        held.add(source);
    }

    /** Lets everything pass. */
    synchronized void pass() {
        holdsAll = false;
        held.clear();
        notifyAll();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        pass();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                Thread.ofVirtual().start(() -> connect(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        try (near;
                Socket far = new Socket()) {
            open.add(near);
            open.add(far);
            awaitPassage(near.getInetAddress());
            far.connect(target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pump(far, near, near.getInetAddress()));
            pump(near, far, near.getInetAddress());
            back.join();
        } catch (IOException ended) {
            // Closing both is all that there is to do.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    private void pump(Socket from, Socket to, InetAddress source) {
        byte[] bytes = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                awaitPassage(source);
                out.write(bytes, 0, read);
            }
            awaitPassage(source);
            to.shutdownOutput();
        } catch (IOException broken) {
            awaitPassage(source);
            closeQuietly(from);
            closeQuietly(to);
        }
        open.remove(to);
    }

    private synchronized void awaitPassage(InetAddress source) {
        boolean interrupted = false;
        while (!listening.isClosed() && (holdsAll || held.contains(source))) {
            try {
                wait();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no more use either way.
        }
    }
}
