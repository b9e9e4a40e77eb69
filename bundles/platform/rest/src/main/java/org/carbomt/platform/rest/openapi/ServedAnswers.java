package org.carbomt.platform.rest.openapi;

import io.swagger.v3.core.filter.AbstractSpecFilter;
import io.swagger.v3.core.model.ApiDescription;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answers as they are given: 200 with content, 204 without, and a problem (RFC 9457) for all that goes wrong. */
public final class ServedAnswers extends AbstractSpecFilter {
    @Override
    public Optional<Operation> filterOperation(Operation operation, ApiDescription api, Map<String, List<String>> parameters, Map<String, String> cookies, Map<String, List<String>> headers) {
        var body = operation.getRequestBody();
        if (body != null && body.getContent() != null && body.getContent().containsKey("*/*")) body.getContent().addMediaType("application/json", body.getContent().remove("*/*"));
        var responses = operation.getResponses();
        var success = responses == null ? null : responses.remove("default");
        if (success == null) return Optional.of(operation);
        boolean content = success.getContent() != null && success.getContent().values().stream().anyMatch(m -> m.getSchema() != null);
        if (!content) success.setContent(null);
        responses.addApiResponse(content ? "200" : "204", success.description(content ? "done" : "done; nothing to say"));
        responses.addApiResponse("default", new ApiResponse().description("what is wrong, and what would be right").content(new Content().addMediaType("application/problem+json", new MediaType().schema(new Schema<>().$ref("#/components/schemas/ProblemDetail")))));
        return Optional.of(operation);
    }
}
