package org.carbomt.ledger.embeddedchain;

import io.horizen.evm.Address;
import io.horizen.evm.BlockHashCallback;
import io.horizen.evm.Hash;
import io.horizen.evm.StateDB;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocks, from the log on disk, and the state they lead to. The log is the truth; the state database is written without force, so after a
 * crash the blocks that it misses are executed again and must give the state roots in their headers. {@link #make} is for one thread, reading
 * for any.
 */
final class Chain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chain.class);
    private static final int CACHED_BLOCKS = 256;

    /** Where a transaction stands. */
    record Place(int block, int index) {}

    final NodeConfig config;
    final Secp256k1Key validator;
    final States states;
    private final Clock clock;
    private final BlockLog log;
    private final Map<Hash, Place> places = new ConcurrentHashMap<>();
    private final Map<Hash, Integer> numbers = new ConcurrentHashMap<>();
    private final List<byte[]> blooms = new ArrayList<>();
    private final Map<Integer, Block> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Block> eldest) {
            return size() > CACHED_BLOCKS;
        }
    };
    private final BlockHashCallback hashes = new BlockHashCallback() {
        @Override
        protected Hash getBlockHash(BigInteger number) {
            return block(number.intValueExact()).map(Block::hash).orElse(Hash.ZERO);
        }
    };
    private volatile Block head;

    Chain(Path folder, Clock clock, NodeConfig config) throws IOException {
        this.config = config;
        this.clock = clock;
        Files.createDirectories(folder);
        this.log = new BlockLog(folder.resolve("blocks.log"));
        States opened = null;
        try {
            this.validator = Secp256k1Key.at(folder.resolve("validator.key"), new SecureRandom());
            opened = new States(folder.resolve("state"));
            this.states = opened;
            open();
        } catch (IOException | RuntimeException e) {
            if (opened != null) opened.close();
            hashes.close();
            log.close();
            throw e;
        }
    }

    private void open() throws IOException {
        Block genesis = genesis();
        if (log.size() == 0) log.append(genesis.rlp());
        Hash parent = Hash.ZERO;
        for (int i = 0; i < log.size(); i++) {
            Block block = Block.parse(log.get(i), config.chainId());
            if (i == 0 && !block.hash().equals(genesis.hash())) {
                throw new IllegalStateException("the chain in this folder began with block 0 " + block.hash() + ", these settings make " + genesis.hash() + ": chain id, gas limit, allocation and validator key of a chain cannot change");
            }
            if (!block.header().parentHash().equals(parent)) throw new IllegalStateException("block " + i + " does not follow its parent " + parent);
            parent = block.hash();
            publish(block);
        }
        catchUp();
    }

    /** Executes again what the state database misses. */
    private void catchUp() {
        int top = (int) head.number();
        int have = hasState(top) ? top : newestState(top);
        if (have < top) LOG.info("Executing blocks {} to {} again, their state had not reached the disk", have + 1, top);
        for (int i = have + 1; i <= top; i++) {
            Block block = block(i).orElseThrow();
            var again = execute(block(i - 1).orElseThrow().header(), block.header().timestamp(), block.transactions());
            if (!again.root().equals(block.header().stateRoot())) {
                throw new IllegalStateException("block " + i + " executed again gives state " + again.root() + ", its header says " + block.header().stateRoot());
            }
        }
    }

    private boolean hasState(int number) {
        return states.has(block(number).orElseThrow().header().stateRoot());
    }

    /** A block whose state is there, while that of the next is not. Block 0 has its state. */
    private int newestState(int missing) {
        int have = 0;
        while (have + 1 < missing) {
            int middle = (have + missing) >>> 1;
            if (hasState(middle)) have = middle;
            else missing = middle;
        }
        return have;
    }

    private Block genesis() {
        Hash root = states.at(Hash.ZERO, state -> {
            config.sortedAllocation().forEach((address, wei) -> state.setBalance(new Address(address), wei));
            return state.commit();
        });
        byte[] extra = Rlp.concat(vanity(), validator.address().toBytes(), new byte[Header.SEAL]);
        var empty = new Hash(MerkleTrie.EMPTY_ROOT);
        return Block.of(new Header(Hash.ZERO, Address.ZERO, root, empty, empty, new byte[Bloom.BYTES], 0, config.blockGasLimit(), 0, 0, extra), List.of(), List.of());
    }

    private byte[] vanity() {
        return ByteBuffer.allocate(Header.VANITY).put("carbomt".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putLong(Header.VANITY - 8, config.chainId()).array();
    }

    /** @param refused with the reason; they are in no block */
    private record Executed(Hash root, List<Transaction> transactions, List<Receipt> receipts, Map<Transaction, String> refused, List<Transaction> left) {}

    private Executed execute(Header parent, long timestamp, List<Transaction> candidates) {
        return states.at(parent.stateRoot(), state -> {
            List<Transaction> done = new ArrayList<>();
            List<Receipt> receipts = new ArrayList<>();
            Map<Transaction, String> refused = new LinkedHashMap<>();
            Map<Address, Long> nonces = new HashMap<>();
            long used = 0;
            int next = 0;
            var env = environment(parent.number() + 1, timestamp);
            for (; next < candidates.size(); next++) {
                Transaction t = candidates.get(next);
                if (used + t.gas() > config.blockGasLimit()) break;
                long nonce = nonces.computeIfAbsent(t.sender(), sender -> state.getNonce(sender).longValueExact());
                Optional<String> reason = reasonAgainst(state, t, nonce);
                if (reason.isPresent()) {
                    refused.put(t, reason.get());
                    continue;
                }
                var outcome = Execution.run(state, t, env, done.size(), null);
                nonces.put(t.sender(), nonce + 1);
                used += outcome.gasUsed();
                done.add(t);
                receipts.add(new Receipt(t.type(), outcome.success(), used, Bloom.of(outcome.logs()), outcome.logs()));
            }
            return new Executed(state.commit(), done, receipts, refused, List.copyOf(candidates.subList(next, candidates.size())));
        });
    }

    private static Optional<String> reasonAgainst(StateDB state, Transaction t, long nonce) {
        if (t.nonce() < nonce) return Optional.of("nonce too low: next nonce " + nonce + ", tx nonce " + t.nonce());
        if (t.nonce() > nonce) return Optional.of("nonce too high: address " + t.sender() + ", tx: " + t.nonce() + " state: " + nonce);
        return t.cost().signum() == 0 ? Optional.empty() : reasonOfFunds(t, state.getBalance(t.sender()));
    }

    /** Why that balance does not pay for it; empty when it does. */
    static Optional<String> reasonOfFunds(Transaction t, BigInteger balance) {
        BigInteger cost = t.cost();
        return balance.compareTo(cost) >= 0 ? Optional.empty() : Optional.of("insufficient funds for gas * price + value: balance " + balance + ", tx cost " + cost + ", overshot " + cost.subtract(balance));
    }

    Execution.Environment environment(long number, long timestamp) {
        return new Execution.Environment(config.chainId(), number, timestamp, validator.address(), config.blockGasLimit(), hashes);
    }

    /** Of the block that would be made on this one now. */
    Execution.Environment nextEnvironment(Header parent) {
        return environment(parent.number() + 1, nextTimestamp(parent));
    }

    private long nextTimestamp(Header parent) {
        return Math.max(parent.timestamp(), clock.instant().getEpochSecond());
    }

    /** What came of an attempt at a block. @param left for the next one: no gas was left in this */
    record Made(Optional<Block> block, Map<Transaction, String> refused, List<Transaction> left) {}

    /** Makes the next block of these, durable but not yet shown; {@link #publish} shows it. */
    Made make(List<Transaction> candidates) throws IOException {
        Header parent = head.header();
        long timestamp = nextTimestamp(parent);
        var executed = execute(parent, timestamp, candidates);
        if (executed.transactions().isEmpty()) return new Made(Optional.empty(), executed.refused(), executed.left());
        var receipts = executed.receipts();
        Header header = new Header(parent.hash(), validator.address(), executed.root(), new Hash(MerkleTrie.root(executed.transactions().stream().map(Transaction::raw).toList())),
                new Hash(MerkleTrie.root(receipts.stream().map(Receipt::encoded).toList())), Bloom.union(receipts.stream().map(Receipt::bloom).toList()), parent.number() + 1,
                config.blockGasLimit(), receipts.get(receipts.size() - 1).cumulativeGas(), timestamp, Rlp.concat(vanity(), new byte[Header.SEAL])).sealed(validator);
        Block block = Block.of(header, executed.transactions(), receipts);
        log.append(block.rlp());
        return new Made(Optional.of(block), executed.refused(), executed.left());
    }

    void publish(Block block) {
        int number = (int) block.number();
        synchronized (cache) {
            cache.put(number, block);
            blooms.add(block.header().logsBloom());
        }
        numbers.put(block.hash(), number);
        for (int i = 0; i < block.transactions().size(); i++) places.put(block.transactions().get(i).hash(), new Place(number, i));
        head = block;
    }

    Block head() {
        return head;
    }

    byte[] bloom(int number) {
        synchronized (cache) {
            return blooms.get(number);
        }
    }

    Optional<Block> block(long number) {
        if (head == null || number < 0 || number > head.number()) return Optional.empty();
        int index = (int) number;
        synchronized (cache) {
            Block cached = cache.get(index);
            if (cached != null) return Optional.of(cached);
        }
        try {
            Block block = Block.parse(log.get(index), config.chainId());
            synchronized (cache) {
                cache.put(index, block);
            }
            return Optional.of(block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Block> block(Hash hash) {
        return Optional.ofNullable(numbers.get(hash)).flatMap(number -> block((long) number));
    }

    Optional<Place> place(Hash transaction) {
        return Optional.ofNullable(places.get(transaction)).filter(place -> place.block() <= head.number()); // else it is being published
    }

    @Override
    public void close() throws IOException {
        states.close();
        hashes.close();
        log.close();
    }
}
