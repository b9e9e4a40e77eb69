package org.carbomt.platform.identity;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.canonical.Hash;
import org.carbomt.api.identity.Identity;
import org.carbomt.api.identity.Person;
import org.carbomt.api.identity.Role;
import org.carbomt.api.store.Database;

/** The people in the store, cached in memory. Keys are looked up by their hash, so the time taken tells nothing about a key. Any thread. */
final class People implements Identity {
    private final Database database;
    private final SecureRandom random;
    private final Map<String, Person> byId = new ConcurrentHashMap<>();
    private final Map<Hash, String> idByKey = new ConcurrentHashMap<>();

    People(Database database, SecureRandom random) {
        this.database = database;
        this.random = random;
        database.<Void>read(c -> {
            load(c);
            return null;
        });
    }

    private void load(Connection c) throws SQLException {
        byId.clear();
        idByKey.clear();
        try (var s = c.prepareStatement("select id, name, organisation, roles, signing_key, accounts, key_hash from platform_identity_person"); var r = s.executeQuery()) {
            while (r.next()) {
                var person = new Person(r.getString(1), r.getString(2), r.getString(3), words(r.getString(4)).stream().map(Role::valueOf).collect(Collectors.toSet()),
                        Optional.ofNullable(r.getString(5)), words(r.getString(6)));
                byId.put(person.id(), person);
                if (r.getString(7) != null) idByKey.put(Hash.parse(r.getString(7)), person.id());
            }
        }
    }

    private static Set<String> words(String text) {
        return text == null || text.isEmpty() ? Set.of() : Arrays.stream(text.split(" ")).collect(Collectors.toSet());
    }

    @Override
    public Optional<Person> authenticate(String accessKey) {
        if (accessKey == null || accessKey.length() > 200) return Optional.empty();
        return Optional.ofNullable(idByKey.get(AccessKeys.hash(accessKey))).map(byId::get);
    }

    @Override
    public Optional<Person> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Person> all() {
        return byId.values().stream().sorted(Comparator.comparing(Person::id)).toList();
    }

    @Override
    public synchronized void put(Person person) {
        database.<Void>transact(c -> {
            var columns = new String[] {person.name(), person.organisation(), person.roles().stream().map(Enum::name).sorted().collect(Collectors.joining(" ")),
                person.signingKey().orElse(null), person.accounts().stream().sorted().collect(Collectors.joining(" ")), person.id()};
            if (update(c, "update platform_identity_person set name = ?, organisation = ?, roles = ?, signing_key = ?, accounts = ? where id = ?", columns) == 0) {
                update(c, "insert into platform_identity_person (name, organisation, roles, signing_key, accounts, id) values (?, ?, ?, ?, ?, ?)", columns);
            }
            return null;
        });
        byId.put(person.id(), person);
    }

    @Override
    public synchronized String renewAccessKey(String personId) {
        if (!byId.containsKey(personId)) throw new CarboException.NotFound("person", personId);
        var key = AccessKeys.fresh(random);
        var hash = AccessKeys.hash(key);
        database.<Integer>transact(c -> update(c, "update platform_identity_person set key_hash = ? where id = ?", hash.hex(), personId));
        idByKey.values().removeIf(personId::equals);
        idByKey.put(hash, personId);
        return key;
    }

    @Override
    public synchronized void remove(String personId) {
        database.<Integer>transact(c -> update(c, "delete from platform_identity_person where id = ?", personId));
        idByKey.values().removeIf(personId::equals);
        byId.remove(personId);
    }

    private static int update(Connection c, String sql, String... values) throws SQLException {
        try (var s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) s.setString(i + 1, values[i]);
            return s.executeUpdate();
        }
    }
}
