package org.carbomt.ledger.embeddedchain;

import io.netty.util.NetUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whom a request may say it is for. A page in a browser that lets its own name point to this machine (DNS rebinding) sends that name in the Host
 * header and is refused; an address is no name and cannot be rebound.
 */
final class HostGuard {
    private final Set<String> names = new HashSet<>(Set.of("localhost", "ip6-localhost"));

    HostGuard(String bindAddress, List<String> hosts) {
        names.add(bindAddress.toLowerCase(Locale.ROOT));
        hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
    }

    /** @param header as sent, with or without a port; null where the client sent none, as no browser does */
    boolean accepts(String header) {
        if (header == null || header.isEmpty()) return true;
        String host = header.toLowerCase(Locale.ROOT);
        int bracket = host.indexOf(']');
        int colon = host.indexOf(':', Math.max(bracket, 0));
        if (colon >= 0) host = host.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        return names.contains(host) || NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }
}
