package org.carbomt.platform.rest;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** In-memory twins of services: a method by its name; one that is not given is not expected to be called. */
final class TestParts {
    private TestParts() {}

    static Parts of(Map<Class<?>, Object> services) {
        return new Parts() {
            @Override
            public <T> Optional<T> find(Class<T> type) {
                return Optional.ofNullable(type.cast(services.get(type)));
            }
        };
    }

    static <T> T twin(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            var behaviour = methods.get(method.getName());
            if (behaviour == null) throw new AssertionError("not expected: " + method);
            return behaviour.apply(arguments);
        }));
    }
}
