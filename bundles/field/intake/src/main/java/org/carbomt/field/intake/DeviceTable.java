package org.carbomt.field.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.device.Device;
import org.carbomt.api.device.Devices;
import org.carbomt.api.store.Database;

/**
 * The devices in the store, cached in memory. A secret is 32 random bytes, of which only the SHA-256 is kept: with that entropy a slow hash adds nothing.
 * Any thread.
 */
final class DeviceTable implements Devices {
    private static final byte[] NO_SECRET = new byte[32];
    private final Database database;
    private final SecureRandom random;
    private final Map<String, Device> byId = new ConcurrentHashMap<>();
    private final Map<String, byte[]> secretHashes = new ConcurrentHashMap<>();
    private final Map<String, String> idByAddress = new ConcurrentHashMap<>();
    private final Map<String, LastSeen> lastSeen = new ConcurrentHashMap<>();

    DeviceTable(Database database, SecureRandom random) {
        this.database = database;
        this.random = random;
        database.<Void>read(c -> {
            load(c);
            return null;
        });
    }

    private void load(Connection c) throws SQLException {
        try (var s = c.prepareStatement("select id, site_id, profile_id, device_name, addresses, synthetic_channels, accept_from, enabled, secret_hash from field_intake_device"); var r = s.executeQuery()) {
            while (r.next()) {
                long from = r.getLong(7);
                var acceptFrom = r.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(from));
                var device = new Device(r.getString(1), r.getString(2), r.getString(3), r.getString(4), addresses(r.getString(5)), words(r.getString(6)), acceptFrom, r.getInt(8) != 0);
                cache(device);
                if (r.getString(9) != null) secretHashes.put(device.id(), Hash.parse(r.getString(9)).bytes());
            }
        }
    }

    private void cache(Device device) {
        idByAddress.values().removeIf(device.id()::equals);
        device.addresses().forEach((kind, address) -> idByAddress.put(kind + " " + address, device.id()));
        byId.put(device.id(), device);
    }

    private static Set<String> words(String text) {
        return text == null || text.isEmpty() ? Set.of() : Arrays.stream(text.split(" ")).collect(Collectors.toSet());
    }

    private static Map<String, String> addresses(String text) {
        var map = new HashMap<String, String>();
        for (var pair : words(text)) map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        return map;
    }

    @Override
    public Optional<Device> find(String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<Device> findByAddress(String kind, String address) {
        return Optional.ofNullable(idByAddress.get(kind + " " + address)).map(byId::get);
    }

    @Override
    public List<Device> all() {
        return byId.values().stream().sorted(Comparator.comparing(Device::id)).toList();
    }

    @Override
    public synchronized void put(Device device) {
        device.addresses().forEach((kind, address) -> {
            if ((kind + address).matches(".*[\\s=].*")) throw new IllegalArgumentException("addresses: " + kind + " = " + address + ", expected no blanks and no '='");
        });
        database.<Void>transact(c -> {
            if (write(c, "update field_intake_device set site_id = ?, profile_id = ?, device_name = ?, addresses = ?, synthetic_channels = ?, accept_from = ?, enabled = ? where id = ?", device) == 0) {
                write(c, "insert into field_intake_device (site_id, profile_id, device_name, addresses, synthetic_channels, accept_from, enabled, id) values (?, ?, ?, ?, ?, ?, ?, ?)", device);
            }
            return null;
        });
        cache(device);
    }

    private static int write(Connection c, String sql, Device d) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(sql)) {
            s.setString(1, d.siteId());
            s.setString(2, d.profileId());
            s.setString(3, d.name());
            s.setString(4, d.addresses().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().collect(Collectors.joining(" ")));
            s.setString(5, d.syntheticChannels().stream().sorted().collect(Collectors.joining(" ")));
            if (d.acceptFrom().isPresent()) s.setLong(6, d.acceptFrom().get().toEpochMilli());
            else s.setNull(6, Types.BIGINT);
            s.setInt(7, d.enabled() ? 1 : 0);
            s.setString(8, d.id());
            return s.executeUpdate();
        }
    }

    @Override
    public synchronized void remove(String id) {
        database.<Integer>transact(c -> {
            try (var s = c.prepareStatement("delete from field_intake_device where id = ?")) {
                s.setString(1, id);
                return s.executeUpdate();
            }
        });
        byId.remove(id);
        secretHashes.remove(id);
        idByAddress.values().removeIf(id::equals);
    }

    @Override
    public synchronized String renewSecret(String id) {
        if (!byId.containsKey(id)) throw new CarboException.NotFound("device", id);
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var hash = Hash.sha256(secret.getBytes(StandardCharsets.UTF_8));
        database.<Integer>transact(c -> {
            try (var s = c.prepareStatement("update field_intake_device set secret_hash = ? where id = ?")) {
                s.setString(1, hash.hex());
                s.setString(2, id);
                return s.executeUpdate();
            }
        });
        secretHashes.put(id, hash.bytes());
        return secret;
    }

    @Override
    public boolean authenticate(String id, String secret) {
        if (id == null || secret == null || secret.length() > 200) return false;
        var known = secretHashes.get(id);
        boolean equal = MessageDigest.isEqual(known == null ? NO_SECRET : known, Hash.sha256(secret.getBytes(StandardCharsets.UTF_8)).bytes());
        return equal && known != null && find(id).map(Device::enabled).orElse(false);
    }

    @Override
    public Optional<LastSeen> lastSeen(String id) {
        return Optional.ofNullable(lastSeen.get(id));
    }

    void seen(String id, LastSeen seen) {
        lastSeen.merge(id, seen, (a, b) -> b.sequence() >= a.sequence() ? b : a);
    }
}
