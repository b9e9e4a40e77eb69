package org.carbomt.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carbomt.api.canonical.CanonicalJson;

/**
 * What a check found.
 *
 * @param links in the order of the chain
 * @param subject what is proved, one line; empty when the file does not say
 * @param trusted what the check took as given, each a sentence
 */
public record Report(List<Link> links, String subject, List<String> trusted) {
    public Report {
        links = List.copyOf(links);
        trusted = List.copyOf(trusted);
    }

    public long count(Link.State state) {
        return links.stream().filter(l -> l.state() == state).count();
    }

    /** No link is broken and none was left unchecked. */
    public boolean holds() {
        return count(Link.State.HOLDS) == links.size();
    }

    public boolean broken() {
        return count(Link.State.BROKEN) > 0;
    }

    public List<Link> brokenLinks() {
        return links.stream().filter(l -> l.state() == Link.State.BROKEN).toList();
    }

    /** 0 holds, 1 broken, 3 nothing broken but something unchecked. */
    public int exitCode() {
        return holds() ? 0 : broken() ? 1 : 3;
    }

    /** One line: e.g. {@code Proof holds: 24 of 24 checks}. */
    public String verdict() {
        long ok = count(Link.State.HOLDS);
        if (holds()) return "Proof holds: %d of %d checks".formatted(ok, links.size());
        if (broken()) return "Proof BROKEN: %d of %d checks fail".formatted(count(Link.State.BROKEN), links.size());
        return "Nothing is broken, but not all could be checked: %d of %d checks hold, %d must be compared by hand".formatted(ok, links.size(), count(Link.State.UNCHECKED));
    }

    public String text() {
        var out = new StringBuilder(verdict()).append('\n');
        if (!subject.isEmpty()) out.append(subject).append('\n');
        out.append('\n');
        for (var link : links) {
            var mark = switch (link.state()) {
                case HOLDS -> "ok       ";
                case BROKEN -> "BROKEN   ";
                case UNCHECKED -> "unchecked";
            };
            out.append("  ").append(mark).append(' ').append("%-22s".formatted(link.name())).append(' ').append(link.sentence()).append('\n');
        }
        out.append("\nTaken as given:\n");
        trusted.forEach(line -> out.append("  - ").append(line).append('\n'));
        return out.toString();
    }

    public String json() {
        var map = new LinkedHashMap<String, Object>();
        map.put("verdict", verdict());
        map.put("holds", holds());
        map.put("exitCode", exitCode());
        map.put("subject", subject);
        map.put("links", links.stream().map(l -> (Object) Map.of("name", l.name(), "state", l.state().name(), "sentence", l.sentence())).toList());
        map.put("trusted", trusted);
        return CanonicalJson.text(map);
    }
}
