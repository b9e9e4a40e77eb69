package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Database;
import io.horizen.evm.Hash;
import io.horizen.evm.LevelDBDatabase;
import io.horizen.evm.LibEvmException;
import io.horizen.evm.StateDB;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * go-ethereum's state database in a folder. A {@link StateDB} is for one thread at a time (two at once end the process: Go checks its maps), so
 * each use opens its own; many uses may run at once, and {@link #close} waits for them.
 */
final class States implements AutoCloseable {
    interface Use<T> {
        T with(StateDB state) throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(States.class);
    private final Database database;
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    /** Opens the database of that folder. A damaged one is put aside: the blocks have all it takes to make it again. */
    States(Path folder) throws IOException {
        Database opened;
        try {
            opened = new LevelDBDatabase(folder.toString());
        } catch (LibEvmException e) {
            if (!e.getMessage().contains("corrupt") && !e.getMessage().contains("missing")) throw e;
            Path aside = folder.resolveSibling(folder.getFileName() + ".damaged");
            LOG.warn("State {} is damaged and put aside as {}; it is made again from the blocks: {}", folder, aside, e.getMessage());
            delete(aside);
            Files.move(folder, aside);
            opened = new LevelDBDatabase(folder.toString());
        }
        this.database = opened;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    /** @throws RpcException when there is no state of that root, or the node is stopped */
    <T> T at(Hash root, Use<T> use) {
        open.readLock().lock();
        try {
            if (closed) throw new RpcException(RpcException.SERVER, "node is stopped");
            StateDB state;
            try {
                state = new StateDB(database, root);
            } catch (LibEvmException e) {
                throw new RpcException(RpcException.SERVER, "missing trie node " + root.toStringNoPrefix());
            }
            try (state) {
                return use.with(state);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("state " + root + " failed", e);
        } finally {
            open.readLock().unlock();
        }
    }

    boolean has(Hash root) {
        try {
            return at(root, state -> true);
        } catch (RpcException e) {
            return false;
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (!closed) database.close();
            closed = true;
        } finally {
            open.writeLock().unlock();
        }
    }
}
