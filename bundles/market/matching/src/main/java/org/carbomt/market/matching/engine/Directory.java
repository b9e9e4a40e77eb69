package org.carbomt.market.matching.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Accounts and books by name and by index, in the order they came. */
final class Directory {
    static final int UNKNOWN = -1;
    private final List<String> accounts = new ArrayList<>();
    private final Map<String, Integer> accountIndexes = new HashMap<>();
    private final List<Book> books = new ArrayList<>();
    private final Map<Long, Integer> bookIndexes = new HashMap<>();

    void add(String account) {
        accountIndexes.put(account, accounts.size());
        accounts.add(account);
    }

    void add(Book book) {
        bookIndexes.put(book.tokenId, books.size());
        books.add(book);
    }

    int accounts() {
        return accounts.size();
    }

    int account(String name) {
        return accountIndexes.getOrDefault(name, UNKNOWN);
    }

    String account(int index) {
        return accounts.get(index);
    }

    boolean hasAccount(int index) {
        return index >= 0 && index < accounts.size();
    }

    int books() {
        return books.size();
    }

    int book(long tokenId) {
        return bookIndexes.getOrDefault(tokenId, UNKNOWN);
    }

    Book book(int index) {
        return books.get(index);
    }

    boolean hasBook(int index) {
        return index >= 0 && index < books.size();
    }

    /** Names, then books without their orders. */
    void write(StateSink out) {
        out.put(accounts.size());
        accounts.forEach(out::put);
        out.put(books.size());
        for (var book : books) {
            out.put(book.tokenId);
            out.put(book.tick);
            out.put(book.last);
            out.put(book.lastTime);
            out.put(book.traded);
        }
    }
}
