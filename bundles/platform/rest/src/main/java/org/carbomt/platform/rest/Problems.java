package org.carbomt.platform.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as problem+json (RFC 9457): what, where, and what would be right; never a stack trace. */
@Provider
public final class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Override
    public Response toResponse(Throwable error) {
        if (error instanceof CarboException e) return response(status(e), e.problem());
        if (error instanceof WebApplicationException e) return response(e.getResponse().getStatus(), new Problem("http." + e.getResponse().getStatus(), "", "", e.getResponse().getStatusInfo().getReasonPhrase()));
        if (error instanceof IllegalArgumentException || error instanceof DateTimeException || error instanceof ArithmeticException) return response(422, new Problem("value.invalid", "", "", error.getMessage()));
        var reference = UUID.randomUUID().toString();
        LOG.error("request failed, reference {}", reference, error);
        return response(500, new Problem("internal", "reference", reference, "no error; the log has this reference"));
    }

    static int status(CarboException e) {
        if (e instanceof CarboException.NotFound) return 404;
        if (e instanceof CarboException.Conflict) return 409;
        if (e instanceof CarboException.Invalid) return 422;
        if (e instanceof CarboException.Forbidden) return 403;
        if (e instanceof CarboException.Unavailable) return 503;
        if (e instanceof Json.Malformed) return 400;
        if (e instanceof Json.TooLarge) return 413;
        return 500;
    }

    static Response response(int status, Problem problem) {
        var builder = Response.status(status).type("application/problem+json").entity(body(status, problem));
        if (status == 401) builder.header("WWW-Authenticate", "Bearer realm=\"carbomt\"");
        if (status == 503) builder.header("Retry-After", "1");
        return builder.build();
    }

    static Map<String, Object> body(int status, Problem problem) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", problem.code());
        body.put("status", status);
        body.put("detail", problem.sentence());
        body.put("code", problem.code());
        if (!problem.field().isEmpty()) body.put("field", problem.field());
        if (!problem.value().isEmpty()) body.put("value", problem.value());
        if (!problem.expected().isEmpty()) body.put("expected", problem.expected());
        return body;
    }
}
