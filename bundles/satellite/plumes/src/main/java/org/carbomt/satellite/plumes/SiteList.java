package org.carbomt.satellite.plumes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.carbomt.api.satellite.PlumeFinding.Site;
import org.carbomt.api.satellite.Position;

/** Sites from CSV with a header: {@code latitude}, {@code longitude} and {@code id}, {@code name} or both; other columns are passed over. The power plants of WRI's database are such a list. */
public final class SiteList {
    private static final int MOST = 100_000;

    private SiteList() {}

    /** @throws CarboException.Invalid naming line, column and what would be right */
    public static List<Site> parse(String file, String text) {
        var lines = text.lines().toList();
        if (lines.size() > MOST) throw wrong(file, "lines", Integer.toString(lines.size()), "at most " + MOST);
        var header = lines.isEmpty() ? List.<String>of() : cells(lines.get(0).replace("\uFEFF", "")).stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
        int latitude = header.indexOf("latitude"), longitude = header.indexOf("longitude"), name = header.indexOf("name");
        int id = header.indexOf("id") >= 0 ? header.indexOf("id") : header.indexOf("gppd_idnr");
        if (latitude < 0 || longitude < 0 || id < 0 && name < 0) throw wrong(file, "line 1", lines.isEmpty() ? "" : lines.get(0), "columns latitude, longitude and id or name");
        var sites = new LinkedHashMap<String, Site>();
        for (int n = 1; n < lines.size(); n++) {
            if (lines.get(n).isBlank()) continue;
            var cells = new ArrayList<>(cells(lines.get(n)));
            if (cells.size() != header.size()) throw wrong(file, "line " + (n + 1), cells.size() + " cells", header.size() + " as in the header");
            // lists of plants have some whose place nobody knows: these can be nobody's candidate
            if (cells.get(latitude).isBlank() && cells.get(longitude).isBlank()) continue;
            var key = cells.get(id >= 0 ? id : name).strip();
            if (key.isEmpty()) throw wrong(file, "line " + (n + 1) + ", id", "", "a name that no other line has");
            var site = new Site(key, cells.get(name >= 0 ? name : id).strip(), position(file + ": line " + (n + 1), cells.get(latitude), cells.get(longitude)));
            if (sites.put(key, site) != null) throw wrong(file, "line " + (n + 1) + ", id", key, "each id once");
        }
        return List.copyOf(sites.values());
    }

    /** @param where for the error */
    public static Position position(String where, String latitude, String longitude) {
        try {
            return new Position(Double.parseDouble(latitude.strip()), Double.parseDouble(longitude.strip()));
        } catch (IllegalArgumentException e) {
            throw wrong(where, "latitude, longitude", latitude + ", " + longitude, "degrees north, -90 to 90, and east, -180 to 360");
        }
    }

    /** RFC 4180 without line breaks in cells. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') cell.append(line.charAt(i++));
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else cell.append(c);
        }
        cells.add(cell.toString());
        return cells;
    }

    private static CarboException.Invalid wrong(String file, String field, String value, String expected) {
        return new CarboException.Invalid(new Problem("sites.malformed", file + ": " + field, value, expected));
    }
}
