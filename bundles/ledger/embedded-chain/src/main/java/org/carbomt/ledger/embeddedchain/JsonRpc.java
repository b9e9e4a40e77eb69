package org.carbomt.ledger.embeddedchain;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON-RPC 2.0: single calls, batches and notifications, answered with go-ethereum's codes and limits. Thread safe. */
final class JsonRpc {
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpc.class);
    static final int MAX_BATCH = 1000;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_BATCH_ANSWER_BYTES = 25_000_000;

    private record Entry(int most, MethodGroup.Method method, Runnable afterwards) {}

    private final Map<String, Entry> methods = new HashMap<>();
    private final ObjectMapper json;

    /** @param maxRequestBytes also bounds a string inside of a request */
    JsonRpc(int maxRequestBytes, List<MethodGroup> groups) {
        json = JsonMapper.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(maxRequestBytes).build()).build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
        groups.forEach(group -> group.offer((name, most, method, afterwards) -> {
            if (methods.put(name, new Entry(most, method, afterwards)) != null) throw new IllegalStateException("method " + name + " is offered twice");
        }));
    }

    /** @return the answer as JSON; empty when there was nothing but notifications */
    byte[] answer(byte[] request) {
        JsonNode parsed;
        try {
            parsed = json.readTree(request);
        } catch (IOException e) { // from memory, so it is the content: no JSON, or no characters
            String reason = e instanceof JacksonException jackson ? jackson.getOriginalMessage() : e.getMessage();
            return written(error(NullNode.getInstance(), new RpcException(RpcException.PARSE, "parse error: " + reason)));
        }
        if (parsed.isMissingNode()) return written(error(NullNode.getInstance(), new RpcException(RpcException.PARSE, "parse error: empty request")));
        byte[] answer = answer(parsed);
        calls(parsed).map(call -> methods.get(call.path("method").asText())).filter(Objects::nonNull).map(Entry::afterwards).distinct().forEach(Runnable::run);
        return answer;
    }

    private static Stream<JsonNode> calls(JsonNode request) {
        return request.isArray() ? StreamSupport.stream(request.spliterator(), false).limit(MAX_BATCH) : Stream.of(request);
    }

    private byte[] answer(JsonNode parsed) {
        if (!parsed.isArray()) return single(parsed).orElse(new byte[0]);
        if (parsed.isEmpty()) return written(error(NullNode.getInstance(), new RpcException(RpcException.INVALID_REQUEST, "empty batch")));
        if (parsed.size() > MAX_BATCH) return written(error(NullNode.getInstance(), new RpcException(RpcException.INVALID_REQUEST, "batch too large: " + parsed.size() + " calls, at most " + MAX_BATCH)));
        return batch(parsed);
    }

    private byte[] batch(JsonNode calls) {
        var out = new ByteArrayOutputStream();
        for (JsonNode call : calls) {
            var answer = out.size() > MAX_BATCH_ANSWER_BYTES ? Optional.of(written(error(id(call), new RpcException(RpcException.TOO_LARGE, "response too large")))) : single(call);
            answer.ifPresent(bytes -> {
                out.write(out.size() == 0 ? '[' : ',');
                out.writeBytes(bytes);
            });
        }
        if (out.size() > 0) out.write(']');
        return out.toByteArray();
    }

    private Optional<byte[]> single(JsonNode call) {
        try {
            requireRequest(call);
            Object result = call(call.get("method").textValue(), call.path("params"));
            if (!call.has("id")) return Optional.empty();
            var answer = new LinkedHashMap<String, Object>();
            answer.put("jsonrpc", "2.0");
            answer.put("id", call.get("id"));
            answer.put("result", result);
            return Optional.of(written(answer));
        } catch (RpcException e) {
            return call.isObject() && call.has("method") && !call.has("id") ? Optional.empty() : Optional.of(written(error(id(call), e)));
        }
    }

    private static void requireRequest(JsonNode call) {
        boolean whole = call.isObject() && call.path("jsonrpc").asText().equals("2.0") && call.path("method").isTextual()
                && (!call.has("id") || call.get("id").isTextual() || call.get("id").isNumber() || call.get("id").isNull());
        if (!whole) throw new RpcException(RpcException.INVALID_REQUEST, "invalid request: an object with jsonrpc \"2.0\", method and an id that is a string or a number is needed");
    }

    private Object call(String name, JsonNode params) {
        var entry = methods.get(name);
        if (entry == null) throw new RpcException(RpcException.NO_METHOD, "the method " + (name.length() > 80 ? name.substring(0, 80) + "…" : name) + " does not exist/is not available");
        if (!params.isMissingNode() && !params.isNull() && !params.isArray()) throw new RpcException(RpcException.INVALID_PARAMS, "non-array args");
        if (params.size() > entry.most()) throw new RpcException(RpcException.INVALID_PARAMS, "too many arguments, want at most " + entry.most());
        try {
            return entry.method().answer(new Params(params.isArray() ? params : JsonNodeFactory.instance.arrayNode()));
        } catch (RpcException e) {
            throw e;
        } catch (RuntimeException e) {
            String shown = params.toString();
            LOG.error("{} {} failed", name, shown.length() > 500 ? shown.substring(0, 500) + "…" : shown, e);
            throw new RpcException(RpcException.INTERNAL, "internal error of " + name + ", the log of the node tells more");
        }
    }

    private static JsonNode id(JsonNode call) {
        JsonNode id = call.path("id");
        return id.isTextual() || id.isNumber() ? id : NullNode.getInstance();
    }

    private static Map<String, Object> error(JsonNode id, RpcException e) {
        var error = new LinkedHashMap<String, Object>();
        error.put("code", e.code);
        error.put("message", e.getMessage());
        if (e.data != null) error.put("data", e.data);
        var answer = new LinkedHashMap<String, Object>();
        answer.put("jsonrpc", "2.0");
        answer.put("id", id);
        answer.put("error", error);
        return answer;
    }

    private byte[] written(Object answer) {
        try {
            return json.writeValueAsBytes(answer);
        } catch (JacksonException e) {
            throw new IllegalStateException("answer cannot be written", e);
        }
    }
}
