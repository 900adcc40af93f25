package io.consort.service.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * This node's membership in a cluster, by Hazelcast. What it sends is plain text, and whoever reaches
 * its port may join: it listens on loopback unless it is told otherwise. Thread-safe.
 */
public final class Cluster implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Cluster.class.getName());

    private final HazelcastInstance hazelcast;
    private final long life;
    private final String node;

    private Cluster(HazelcastInstance hazelcast, long life) {
        this.hazelcast = hazelcast;
        this.life = life;
        var address = hazelcast.getCluster().getLocalMember().getAddress();
        this.node = address.getHost() + ":" + address.getPort();
    }

    /**
     * Joins the nodes that answer, or begins alone; whoever comes later joins.
     *
     * @param life a random number of this process
     * @throws IllegalStateException saying what to change when this node cannot listen
     */
    public static Cluster join(ClusterSettings settings, long life) {
        try {
            return new Cluster(Hazelcast.newHazelcastInstance(config(settings, life)), life);
        } catch (HazelcastException | IllegalStateException | IllegalArgumentException failure) {
            throw new IllegalStateException(
                    "The node cannot listen for its cluster (%s); check `consort.cluster.port`, `.interface` and `.members`"
                            .formatted(failure.getMessage()));
        }
    }

    /** A random number of this process, as others know it. */
    public long life() {
        return life;
    }

    /** Where this node listens, as others know it. */
    public String node() {
        return node;
    }

    /** Nodes that see each other now, with this one; 0 when it has left. */
    public int nodes() {
        return hazelcast.getLifecycleService().isRunning()
                ? hazelcast.getCluster().getMembers().size()
                : 0;
    }

    /** A channel with the same name in every node. */
    public Channel channel(String name) {
        return new TopicChannel(hazelcast.getTopic(name));
    }

    /** Leaves. */
    @Override
    public void close() {
        hazelcast.shutdown();
    }

    private static Config config(ClusterSettings settings, long life) {
        Config config = new Config();
        config.setInstanceName("consort-" + Long.toHexString(life));
        config.setClusterName(settings.name());
        config.setClassLoader(Hazelcast.class.getClassLoader());
        config.getJetConfig().setEnabled(false);
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "jdk")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.socket.server.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "10")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
                .setProperty("hazelcast.health.monitoring.level", "OFF");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(settings.port()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(settings.network());
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(settings.kubernetes().isEmpty())
                .setConnectionTimeoutSeconds(2)
                .setMembers(settings.members());
        settings.kubernetes()
                .ifPresent(service ->
                        join.getKubernetesConfig()
                                .setEnabled(true)
                                .setProperty("service-dns", service)
                                .setProperty("service-port", Integer.toString(settings.port())));
        return config;
    }

    /** Messages begin with the life of their sender, who does not want to hear them. */
    private final class TopicChannel implements Channel {

        private final ITopic<byte[]> topic;

        TopicChannel(ITopic<byte[]> topic) {
            this.topic = topic;
        }

        @Override
        public void send(byte[] message) {
            try {
                topic.publish(
                        ByteBuffer.allocate(Long.BYTES + message.length)
                                .putLong(life)
                                .put(message)
                                .array());
            } catch (RuntimeException unreachable) {
                LOG.log(Level.FINE, "A message to other nodes is lost", unreachable);
            }
        }

        @Override
        public void receive(Consumer<byte[]> receiver) {
            topic.addMessageListener(message -> {
                byte[] all = message.getMessageObject();
                if (all.length >= Long.BYTES && ByteBuffer.wrap(all).getLong() != life) {
                    hear(receiver, Arrays.copyOfRange(all, Long.BYTES, all.length));
                }
            });
        }

        private void hear(Consumer<byte[]> receiver, byte[] message) {
            try {
                receiver.accept(message);
            } catch (RuntimeException defect) {
                LOG.log(Level.WARNING, "What another node said is left out", defect);
            }
        }
    }
}
