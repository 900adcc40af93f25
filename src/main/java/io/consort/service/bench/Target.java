package io.consort.service.bench;

import io.consort.service.bench.load.Load;
import io.consort.service.bench.load.Requests;

/**
 * A server that is measured.
 *
 * @param port on the loopback interface
 * @param model what requests name
 */
record Target(String name, int port, String key, String model) {

    static final String DIRECT = "direct";
    static final String NGINX = "nginx";
    static final String GATEWAY = "gateway";

    /** The stub with nothing before it. */
    static Target direct(int stubPort) {
        return new Target(DIRECT, stubPort, "none", "stub");
    }

    /** The same server asked for another model. */
    Target asking(String other) {
        return new Target(name, port, key, other);
    }

    /** A load of chat requests; where the prompt holds a number, it counts from the first. */
    Load load(int connections, String prompt, boolean stream, long firstNumber) {
        String body =
                """
                {"model":"%s","messages":[{"role":"user","content":"%s"}],"stream":%s}\
                """
                        .formatted(model, prompt, stream);
        return new Load(port, connections, Requests.chat(port, key, body, firstNumber));
    }
}
