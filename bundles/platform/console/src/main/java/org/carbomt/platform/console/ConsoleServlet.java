package org.carbomt.platform.console;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.osgi.service.component.annotations.Component;

/** The console under {@code /console/}. */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=/console/*")
public final class ConsoleServlet extends HttpServlet {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%s'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
            + "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private final transient SecureRandom random = new SecureRandom();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getPathInfo() == null) {
            response.sendRedirect("/console/");
            return;
        }
        var asset = Asset.of(request.getPathInfo());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (asset.page()) {
            page(response);
        } else {
            file(asset, request.getHeader("Accept-Encoding"), response);
        }
    }

    private void page(HttpServletResponse response) throws IOException {
        var bytes = new byte[18];
        random.nextBytes(bytes);
        var nonce = Base64.getEncoder().encodeToString(bytes);
        var html = read("/index.html");
        if (html == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Content-Security-Policy", POLICY.formatted(nonce));
        response.getOutputStream().write(new String(html, StandardCharsets.UTF_8).replace("__NONCE__", nonce).getBytes(StandardCharsets.UTF_8));
    }

    private void file(Asset asset, String acceptEncoding, HttpServletResponse response) throws IOException {
        var accepted = acceptEncoding == null ? "" : acceptEncoding;
        byte[] content = null;
        for (var encoding : new String[] {"br", "gzip"}) {
            if (content == null && accepted.contains(encoding)) {
                content = read(asset.resource() + (encoding.equals("br") ? ".br" : ".gz"));
                if (content != null) response.setHeader("Content-Encoding", encoding);
            }
        }
        if (content == null) content = read(asset.resource());
        if (content == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType(asset.type());
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("Cache-Control", asset.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static byte[] read(String resource) throws IOException {
        try (var in = ConsoleServlet.class.getResourceAsStream("/console" + resource)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
