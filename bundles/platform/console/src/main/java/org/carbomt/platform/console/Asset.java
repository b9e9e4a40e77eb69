package org.carbomt.platform.console;

import java.util.Map;

/**
 * What a path of the console names.
 *
 * @param resource path within the bundle, below {@code /console}
 * @param type media type
 * @param immutable true for files whose name carries a hash of their content
 */
record Asset(String resource, String type, boolean immutable) {
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml", "woff2", "font/woff2",
            "json", "application/json", "html", "text/html; charset=utf-8", "png", "image/png", "ico", "image/x-icon");

    /** The page itself answers for every path that is not a file: the router in the browser knows the rest. */
    static Asset of(String pathInfo) {
        var path = pathInfo == null || pathInfo.isEmpty() ? "/" : pathInfo;
        int dot = path.lastIndexOf('.');
        boolean file = dot > path.lastIndexOf('/') && TYPES.containsKey(path.substring(dot + 1));
        if (!file || path.contains("..") || path.contains("//") || path.endsWith("/index.html")) {
            return path.startsWith("/assets/") ? new Asset(path, "text/plain", false) : new Asset("/index.html", TYPES.get("html"), false);
        }
        return new Asset(path, TYPES.get(path.substring(dot + 1)), path.startsWith("/assets/"));
    }

    boolean page() {
        return resource.equals("/index.html");
    }
}
