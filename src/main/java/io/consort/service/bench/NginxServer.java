package io.consort.service.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** nginx as a proxy of the stub: one worker, kept connections, nothing buffered. */
final class NginxServer {

    private static final List<String> USUAL_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

    private NginxServer() {}

    /** Starts it, where it is installed. */
    static Optional<Target> start(Workplace workplace, Cores cores, int stubPort) {
        Optional<Path> program = find();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        int port = Workplace.freePort();
        Path folder = workplace.folder().resolve("nginx");
        Path configuration = folder.resolve("nginx.conf");
        Path log = folder.resolve("nginx.log");
        try {
            Files.createDirectories(folder);
            Files.writeString(configuration, configuration(stubPort, port));
        } catch (IOException failure) {
            throw new UncheckedIOException("nginx.conf cannot be written", failure);
        }
        List<String> command =
                List.of(
                        program.get().toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        "stderr",
                        "-c",
                        configuration.toString());
        Process process = workplace.start(cores.onServerCore(command), log);
        Startup.await(Target.NGINX, process, log, () -> accepts(port));
        return Optional.of(new Target(Target.NGINX, port, "none", "stub"));
    }

    private static String configuration(int stubPort, int port) {
        return """
        daemon off;
        master_process off;
        worker_processes 1;
        pid nginx.pid;
        error_log stderr;
        events {
            worker_connections 4096;
        }
        http {
            access_log off;
            client_body_temp_path client-body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            keepalive_requests 1000000000;
            tcp_nodelay on;
            upstream stub {
                server 127.0.0.1:%d;
                keepalive 512;
                keepalive_requests 1000000000;
            }
            server {
                listen 127.0.0.1:%d backlog=2048;
                location / {
                    proxy_pass http://stub;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_buffering off;
                }
            }
        }
        """
                .formatted(stubPort, port);
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), USUAL_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
