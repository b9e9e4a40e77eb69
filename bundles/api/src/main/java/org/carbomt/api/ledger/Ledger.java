package org.carbomt.api.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The chain, as the rest of the system sees it. Thread safe. */
@ProviderType
public interface Ledger {
    /** Puts the effect into the durable outbox (or finds it there) and returns at once. The same key with other content is a Conflict. */
    EffectState request(Effect effect);

    /** Waits for DONE or REFUSED. Throws CarboException.Unavailable when the time is over; the effect goes on. */
    EffectState await(String businessKey, Duration atMost);

    Optional<EffectState> find(String businessKey);

    /** Newest first. */
    List<EffectState> effects(Optional<EffectState.Status> status, int limit);

    /** Opens an account (or finds it): a key of its own in the vault, an address on chain. */
    Account openAccount(String id, String holder);

    Optional<Account> account(String id);

    List<Account> accounts();

    /** Whole tonnes of that token the account holds on chain. */
    long credits(String accountId, long tokenId);

    /** Cash on chain, smallest unit. */
    long cash(String accountId);

    /** Tonnes of that token issued and retired so far, on chain. */
    Supply supply(long tokenId);

    /** The registry's events of a token, or all, in order of block and log index. */
    List<ChainEvent> events(Optional<Long> tokenId, long fromBlock);

    /** Receipt of a transaction with its proof up to the signed block header. */
    ReceiptProof receiptProof(String transaction);

    /** Chain id, addresses of contracts, validator: what a proof file must name. */
    Network network();

    /** @param id business id. @param address 0x… */
    record Account(String id, String holder, String address) {}

    record Supply(long issued, long retired) {}

    /** @param name e.g. {@code CreditsIssued}; @param values decoded, integers as decimal strings, bytes as 0x hex */
    record ChainEvent(String contract, String name, Map<String, String> values, long block, int logIndex, String transaction) {
        public ChainEvent {
            values = Map.copyOf(values);
        }
    }

    /** Everything hex with 0x. @param header RLP of the block header. @param receipt as in the trie. @param nodes RLP of the trie's nodes from the root down */
    record ReceiptProof(String header, String receipt, int index, List<String> nodes) {}

    /** @param contracts by name: {@code credits}, {@code anchors}, {@code cash}, {@code settlement} */
    record Network(long chainId, String validator, Map<String, String> contracts) {}
}
