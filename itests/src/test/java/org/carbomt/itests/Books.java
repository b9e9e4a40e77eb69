package org.carbomt.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carbomt.demo.Api;
import org.carbomt.itests.EffectBook.Asked;

/**
 * Who holds what. The same figures come from the chain's transfers, from the container's own records, and from what it shows; they must be equal.
 *
 * @param credits tonnes by {@code account/token}, none that are 0
 * @param cash cents by account, none that are 0
 * @param issued tonnes by token
 * @param retired tonnes by token, none that are 0
 */
record Books(Map<String, Long> credits, Map<String, Long> cash, Map<Long, Long> issued, Map<Long, Long> retired) {
    private static final String NOBODY = "0x" + "0".repeat(40);

    private Books() {
        this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    private static <K> void add(Map<K, Long> sums, K key, long amount) {
        sums.merge(key, amount, (a, b) -> a + b == 0 ? null : a + b);
    }

    private void move(String from, String to, long token, long tonnes) {
        if (!from.isEmpty()) add(credits, from + "/" + token, -tonnes);
        if (!to.isEmpty()) add(credits, to + "/" + token, tonnes);
    }

    private void pay(String from, String to, long minor) {
        if (!from.isEmpty()) add(cash, from, -minor);
        if (!to.isEmpty()) add(cash, to, minor);
    }

    /** From the plain transfers that the standards ERC-1155 and ERC-20 make a token announce. @param accounts id by address */
    static Books ofTransfers(List<ChainReader.Event> events, Map<String, String> accounts) {
        var books = new Books();
        for (var e : events) {
            if (e.name().equals("TransferSingle")) {
                books.move(party(e, "from", accounts), party(e, "to", accounts), e.number("tokenId"), e.number("tonnes"));
                if (e.address("from").equals(NOBODY)) add(books.issued, e.number("tokenId"), e.number("tonnes"));
                if (e.address("to").equals(NOBODY)) add(books.retired, e.number("tokenId"), e.number("tonnes"));
            } else if (e.name().equals("Transfer")) {
                books.pay(party(e, "from", accounts), party(e, "to", accounts), e.number("minor"));
            }
        }
        return books;
    }

    private static String party(ChainReader.Event e, String member, Map<String, String> accounts) {
        var address = e.address(member);
        return address.equals(NOBODY) ? "" : accounts.getOrDefault(address, address);
    }

    /** From the container's records of what is done: issuances, retirements and sales as it lists them, transfers and deposits as they were asked for. */
    static Books ofRecords(Api admin, Collection<Asked> asked, Map<String, String> outbox) {
        var books = new Books();
        for (var i : admin.get("/issuances").get("items")) {
            if (!i.get("status").asText().equals("DONE")) continue;
            long token = i.get("serial").get("tokenId").asLong();
            books.move("", project(admin, i.get("projectId").asText()), token, i.get("tonnes").asLong());
            add(books.issued, token, i.get("tonnes").asLong());
        }
        for (var r : admin.get("/retirements").get("items")) {
            if (!r.get("status").asText().equals("DONE")) continue;
            books.move(r.get("accountId").asText(), "", r.get("tokenId").asLong(), r.get("tonnes").asLong());
            add(books.retired, r.get("tokenId").asLong(), r.get("tonnes").asLong());
        }
        for (var s : admin.get("/sales").get("items")) {
            if (!s.get("status").asText().equals("SETTLED")) continue;
            books.move(s.get("seller").asText(), s.get("buyer").asText(), s.get("tokenId").asLong(), s.get("tonnes").asLong());
            books.pay(s.get("buyer").asText(), s.get("seller").asText(), s.get("tonnes").asLong() * s.get("priceMinorPerTonne").asLong());
        }
        for (var a : asked) {
            if (!outbox.getOrDefault(a.key(), "").equals("DONE")) continue;
            if (a.key().startsWith("transfer/")) books.move(a.from(), a.to(), a.tokenId(), a.amount());
            if (a.key().startsWith("deposit/")) books.pay("", a.to(), a.amount());
        }
        return books;
    }

    private static String project(Api admin, String id) {
        for (var p : admin.get("/projects").get("items")) if (p.get("id").asText().equals(id)) return p.get("accountId").asText();
        throw new IllegalStateException("no project " + id);
    }

    /** What the container shows its users; issued and retired are not among it. */
    static Books shown(Api admin, Collection<String> accounts) {
        var books = new Books();
        for (var h : admin.get("/holdings").get("items")) books.move("", h.get("accountId").asText(), h.get("tokenId").asLong(), h.get("tonnes").asLong());
        for (var id : accounts) add(books.cash, id, admin.get("/accounts/" + id).get("cash").asLong());
        books.cash.values().removeIf(v -> v == 0);
        return books;
    }

    /** Sums that must be 0, and blocks of retired serials that must not overlap. */
    static List<String> violations(List<ChainReader.Event> events, Books books) {
        var violations = new ArrayList<String>();
        books.issued.forEach((token, tonnes) -> {
            long held = books.credits.entrySet().stream().filter(c -> c.getKey().endsWith("/" + token)).mapToLong(Map.Entry::getValue).sum();
            long retired = books.retired.getOrDefault(token, 0L);
            if (held + retired != tonnes) violations.add("token " + token + ": " + tonnes + " issued, " + held + " held and " + retired + " retired");
        });
        books.credits.forEach((who, tonnes) -> {
            if (tonnes < 0) violations.add(who + " holds " + tonnes);
        });
        long deposited = events.stream().filter(e -> e.name().equals("CashDeposited")).mapToLong(e -> e.number("minor")).sum();
        long cash = books.cash.values().stream().mapToLong(Long::longValue).sum();
        if (deposited != cash) violations.add(deposited + " cents deposited, " + cash + " held");
        var blocks = new TreeSet<long[]>((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : a[1] != b[1] ? Long.compare(a[1], b[1]) : Long.compare(a[2], b[2]));
        for (var e : events) {
            if (!e.name().equals("CreditsRetired")) continue;
            if (!blocks.add(new long[] {e.number("tokenId"), e.number("serialFirst"), e.number("serialLast")})) violations.add("the same block retired twice: " + e);
        }
        long[] before = {0, 0, 0};
        for (var b : blocks) {
            if (b[0] == before[0] && b[1] <= before[2]) violations.add("token " + b[0] + ": serial " + b[1] + " retired twice");
            before = b;
        }
        return violations;
    }

    /** Names and addresses of the accounts. */
    static Map<String, String> accountsByAddress(JsonNode accounts) {
        var map = new TreeMap<String, String>();
        for (var a : accounts.get("items")) map.put(a.get("address").asText().toLowerCase(java.util.Locale.ROOT), a.get("id").asText());
        return map;
    }
}
