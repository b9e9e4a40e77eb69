package org.carbomt.field.lorawan;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.device.RadioSessions;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.journal.Journal;
import org.carbomt.api.journal.StoredEntry;
import org.carbomt.api.store.Database;
import org.carbomt.api.store.Store;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions in the store: keys sealed by the vault, counters written together as frames come. A counter that the journal knows and the store
 * does not (the container died between the two) is learnt from the journal.
 */
@Component(service = {RadioSessions.class, SessionTable.class})
public final class SessionTable implements RadioSessions {
    private static final Logger LOG = LoggerFactory.getLogger(SessionTable.class);
    private static final int JOURNAL_ENTRIES = 5000;
    private final Database database;
    private final Vault vault;
    private final Clock clock;
    private final Map<String, RadioSession> byDevice = new ConcurrentHashMap<>();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> new Thread(task, "carbomt-lorawan-counters"));
    private Map<RadioSession, Long> waiting = new HashMap<>();
    private CompletableFuture<Void> written = new CompletableFuture<>();

    @Activate
    public SessionTable(@Reference Store store, @Reference Vault vault, @Reference Clock clock) {
        database = store.open("org.carbomt.field.lorawan", SessionTable.class.getClassLoader(), "db/field_lorawan.xml");
        this.vault = vault;
        this.clock = clock;
        database.<Void>read(c -> {
            load(c);
            return null;
        });
    }

    private void load(Connection c) throws SQLException {
        try (var s = c.prepareStatement("select device_id, dev_addr, sealed_keys, next_counter, activated_at from field_lorawan_session"); var r = s.executeQuery()) {
            while (r.next()) {
                var keys = vault.open(r.getBytes(3), context(r.getString(1)));
                byDevice.put(r.getString(1), new RadioSession(r.getString(1), r.getString(2), Arrays.copyOf(keys, 16), Arrays.copyOfRange(keys, 16, 32), r.getLong(4), Instant.ofEpochMilli(r.getLong(5))));
            }
        }
    }

    private static String context(String deviceId) {
        return "lorawan.session " + deviceId;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void setJournal(Journal journal) {
        if (byDevice.isEmpty()) return;
        journal.newest(JOURNAL_ENTRIES, this::learn);
    }

    private void learn(StoredEntry e) {
        var session = byDevice.get(e.entry().deviceId());
        if (session == null || e.entry().counter().isEmpty() || !e.entry().protocol().equals("lorawan") || !e.entry().receivedAt().isAfter(session.activatedAt)) return;
        if (e.entry().counter().getAsLong() >= session.next()) LOG.info("{}: frame counter {} learnt from the journal", session.deviceId, e.entry().counter().getAsLong());
        session.used(e.entry().counter().getAsLong());
    }

    void unsetJournal(Journal journal) {
        LOG.debug("{} went", journal);
    }

    @Override
    public synchronized void activate(String deviceId, String devAddr, byte[] nwkSKey, byte[] appSKey, long nextCounter) {
        if (deviceId == null || deviceId.isBlank()) throw invalid("deviceId", String.valueOf(deviceId), "a device id");
        if (devAddr == null || !devAddr.matches("[0-9a-fA-F]{8}")) throw invalid("devAddr", String.valueOf(devAddr), "8 hexadecimal digits");
        if (nwkSKey == null || nwkSKey.length != 16) throw invalid("nwkSKey", "", "16 bytes");
        if (appSKey == null || appSKey.length != 16) throw invalid("appSKey", "", "16 bytes");
        if (nextCounter < 0 || nextCounter > 0xffff_ffffL) throw invalid("nextCounter", String.valueOf(nextCounter), "0 to 4294967295");
        var session = new RadioSession(deviceId, devAddr.toLowerCase(Locale.ROOT), nwkSKey, appSKey, nextCounter, clock.instant());
        var keys = Arrays.copyOf(nwkSKey, 32);
        System.arraycopy(appSKey, 0, keys, 16, 16);
        var sealed = vault.seal(keys, context(deviceId));
        Arrays.fill(keys, (byte) 0);
        database.<Void>transact(c -> {
            delete(c, deviceId);
            try (var s = c.prepareStatement("insert into field_lorawan_session (device_id, dev_addr, sealed_keys, next_counter, activated_at) values (?, ?, ?, ?, ?)")) {
                s.setString(1, deviceId);
                s.setString(2, session.devAddr);
                s.setBytes(3, sealed);
                s.setLong(4, nextCounter);
                s.setLong(5, session.activatedAt.toEpochMilli());
                s.executeUpdate();
            }
            return null;
        });
        var former = byDevice.put(deviceId, session);
        if (former != null && former.nwkSKey.equals(session.nwkSKey) && nextCounter < former.next()) {
            LOG.warn("{}: the frame counter goes back from {} to {} under the same keys: frames sent before can be sent again by anyone", deviceId, former.next(), nextCounter);
        } else {
            LOG.info("{}: LoRaWAN session {}, next counter {}", deviceId, session.devAddr, nextCounter);
        }
    }

    private static CarboException invalid(String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("lorawan.session", field, value, expected));
    }

    private static void delete(Connection c, String deviceId) throws SQLException {
        try (var s = c.prepareStatement("delete from field_lorawan_session where device_id = ?")) {
            s.setString(1, deviceId);
            s.executeUpdate();
        }
    }

    @Override
    public Optional<Session> find(String deviceId) {
        return deviceId == null ? Optional.empty() : Optional.ofNullable(byDevice.get(deviceId)).map(s -> new Session(s.deviceId, s.devAddr, s.next()));
    }

    @Override
    public synchronized void end(String deviceId) {
        database.<Void>transact(c -> {
            delete(c, deviceId);
            return null;
        });
        byDevice.remove(deviceId);
    }

    /** Addresses are not unique: the integrity code tells whose frame it is. */
    List<RadioSession> at(String devAddr) {
        return byDevice.values().stream().filter(s -> s.devAddr.equals(devAddr)).toList();
    }

    /** Makes it durable that the counter is used; many at a time. */
    CompletableFuture<Void> used(RadioSession session, long counter) {
        session.used(counter);
        synchronized (writer) {
            if (waiting.isEmpty()) writer.execute(this::write);
            waiting.merge(session, counter + 1, Math::max);
            return written;
        }
    }

    private void write() {
        Map<RadioSession, Long> now;
        CompletableFuture<Void> done;
        synchronized (writer) {
            now = waiting;
            done = written;
            waiting = new HashMap<>();
            written = new CompletableFuture<>();
        }
        try {
            database.<Void>transact(c -> {
                update(c, now);
                return null;
            });
            done.complete(null);
        } catch (RuntimeException e) {
            LOG.error("the frame counters of {} devices could not be stored: {}", now.size(), e.getMessage());
            done.completeExceptionally(e);
        }
    }

    private static void update(Connection c, Map<RadioSession, Long> counters) throws SQLException {
        try (var s = c.prepareStatement("update field_lorawan_session set next_counter = ? where device_id = ? and activated_at = ? and next_counter < ?")) {
            for (var e : counters.entrySet()) {
                s.setLong(1, e.getValue());
                s.setString(2, e.getKey().deviceId);
                s.setLong(3, e.getKey().activatedAt.toEpochMilli());
                s.setLong(4, e.getValue());
                s.executeUpdate();
            }
        }
    }

    @Deactivate
    void close() throws InterruptedException {
        writer.shutdown();
        if (!writer.awaitTermination(5, TimeUnit.SECONDS)) LOG.warn("frame counters were still being written");
    }
}
