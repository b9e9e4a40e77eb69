package org.carbomt.ledger.ethereum;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carbomt.api.identity.Vault;
import org.carbomt.api.ledger.Ledger.Account;
import org.carbomt.api.store.Database;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/** Accounts and their keys, sealed by the vault under the account's own name. */
final class Accounts {
    private final Database database;
    private final Vault vault;
    private final SecureRandom random;
    private final Map<String, Credentials> opened = new ConcurrentHashMap<>();

    Accounts(Database database, Vault vault, SecureRandom random) {
        this.database = database;
        this.vault = vault;
        this.random = random;
    }

    /** Adds it in the transaction unless it is there. @return whether it was added */
    boolean add(Connection c, String id, String holder, Instant now) throws SQLException {
        if (find(c, id).isPresent()) return false;
        var key = newKey();
        var secret = Numeric.toBytesPadded(key.getPrivateKey(), 32);
        try (var s = c.prepareStatement("insert into ledger_ethereum_account (id, holder, address, sealed_key, opened_at) values (?,?,?,?,?)")) {
            s.setString(1, id);
            s.setString(2, holder);
            s.setString(3, "0x" + Keys.getAddress(key));
            s.setString(4, Base64.getEncoder().encodeToString(vault.seal(secret, context(id))));
            s.setLong(5, now.toEpochMilli());
            s.executeUpdate();
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return true;
    }

    private ECKeyPair newKey() {
        try {
            return Keys.createEcKeyPair(random);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("secp256k1 keys cannot be made", e);
        }
    }

    Optional<Account> find(String id) {
        return database.read(c -> find(c, id));
    }

    private static Optional<Account> find(Connection c, String id) throws SQLException {
        try (var s = c.prepareStatement("select id, holder, address from ledger_ethereum_account where id = ?")) {
            s.setString(1, id);
            try (var r = s.executeQuery()) {
                return r.next() ? Optional.of(new Account(r.getString(1), r.getString(2), r.getString(3))) : Optional.empty();
            }
        }
    }

    List<Account> all() {
        return database.read(c -> {
            var list = new ArrayList<Account>();
            try (var s = c.prepareStatement("select id, holder, address from ledger_ethereum_account order by id"); var r = s.executeQuery()) {
                while (r.next()) list.add(new Account(r.getString(1), r.getString(2), r.getString(3)));
            }
            return list;
        });
    }

    Credentials credentials(String id) {
        return opened.computeIfAbsent(id, this::open);
    }

    private Credentials open(String id) {
        var sealed = database.read(c -> {
            try (var s = c.prepareStatement("select sealed_key from ledger_ethereum_account where id = ?")) {
                s.setString(1, id);
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getString(1);
                }
            }
        });
        return Credentials.create(ECKeyPair.create(vault.open(Base64.getDecoder().decode(sealed), context(id))));
    }

    private static String context(String id) {
        return "ledger.account/" + id;
    }
}
