package org.carbomt.field.mqttbroker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.intake.Arrival;
import org.carbomt.api.intake.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Camel component, and TLS. */
class RouteTest {
    @Test void aConsumerTakesBatchesAndAnswersThem() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var settings = new Settings("127.0.0.1", port, Optional.empty(), 20, 256 * 1024, 100, 600, 4096, 1000);
        try (var camel = new DefaultCamelContext()) {
            camel.start();
            camel.addComponent("carbomt-mqtt", new MqttBroker(settings, World.devices(), Clock.systemUTC()));
            var endpoint = camel.getEndpoint("carbomt-mqtt:devices");
            Processor route = exchange -> {
                var arrivals = (List<?>) exchange.getMessage().getBody();
                assertInstanceOf(Arrival.class, arrivals.get(0));
                exchange.getMessage().setBody(arrivals.stream().map(a -> new Outcome.Accepted(1, 1, 0)).toList());
            };
            for (int times = 0; times < 2; times++) { // a route may stop and start again
                var consumer = endpoint.createConsumer(route);
                consumer.start();
                var client = MqttClient.builder().useMqttVersion5().serverHost("127.0.0.1").serverPort(port).buildBlocking();
                client.connectWith().simpleAuth().username("d1").password("secret-1".getBytes(StandardCharsets.UTF_8)).applySimpleAuth().send();
                client.publishWith().topic("devices/d1/readings").qos(MqttQos.AT_LEAST_ONCE).payload("{}".getBytes(StandardCharsets.UTF_8)).send();
                client.disconnect();
                consumer.stop();
            }
            assertThrows(Exception.class, () -> camel.getEndpoint("carbomt-mqtt:other"));
        }
    }

    @Test void aRouteThatFailsOrForgetsItsOutcomesRefuses() {
        var one = MqttEndpoint.outcomes(new CarboException.Unavailable(new Problem("disk.full", "", "", "")), null, 2);
        assertEquals(2, one.size());
        assertEquals("disk.full", ((Outcome.Refused) one.get(1)).problem().code());
        assertEquals("route.failed", ((Outcome.Refused) MqttEndpoint.outcomes(new IllegalStateException(), null, 1).get(0)).problem().code());
        assertEquals("route.no-outcome", ((Outcome.Refused) MqttEndpoint.outcomes(null, List.of(), 1).get(0)).problem().code());
    }

    @Test void tlsIsVersion13AndNothingOlder(@TempDir Path folder) throws Exception {
        var store = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-dname", "CN=localhost",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "changeit").redirectErrorStream(true).start();
        keytool.getInputStream().readAllBytes();
        assertEquals(0, keytool.waitFor());
        var settings = new Settings("127.0.0.1", -1, Optional.of(new Settings.Tls(0, store, "changeit")), 20, 256 * 1024, 100, 600, 4096, 1000);
        assertTrue(!settings.toString().contains("changeit"));
        try (var listener = new World().listen(settings)) {
            var trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new Anyone()}, null);
            for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", listener.ports().get(0))) {
                    socket.setEnabledProtocols(new String[] {version});
                    if (version.equals("TLSv1.2")) {
                        assertThrows(SSLException.class, socket::startHandshake);
                    } else {
                        socket.startHandshake();
                        assertEquals("TLSv1.3", socket.getSession().getProtocol());
                    }
                }
            }
        }
    }

    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
