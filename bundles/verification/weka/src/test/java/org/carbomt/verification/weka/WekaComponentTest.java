package org.carbomt.verification.weka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carbomt.api.CarboException;
import org.carbomt.api.emission.HourlyRecord;
import org.carbomt.api.emission.HourlyRecord.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;

class WekaComponentTest {
    @SuppressWarnings("unchecked")
    private static <T> T twin(Class<T> type, Map<String, Function<Object[], Object>> methods) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (p, m, a) -> methods.containsKey(m.getName()) ? methods.get(m.getName()).apply(a) : m.getDefaultValue());
    }

    private static WekaComponent component(Path folder, int limitSeconds) {
        var bundle = twin(Bundle.class, Map.of("getVersion", a -> new Version(1, 2, 3)));
        var context = twin(BundleContext.class, Map.of("getDataFile", a -> new File(folder.toFile(), (String) a[0]), "getBundle", a -> bundle));
        return new WekaComponent(context, twin(WekaComponent.Config.class, Map.of("limitSeconds", a -> limitSeconds)));
    }

    private static List<HourlyRecord> hours(int n) {
        var hours = new ArrayList<HourlyRecord>();
        for (int i = 0; i < n; i++) {
            int load = 100 + i % 7;
            hours.add(EpaUnit.hour(Instant.parse("2020-01-01T00:00:00Z").plusSeconds(3_600L * i), Status.MEASURED, new BigDecimal(40 + load), Map.of("loadMw", new BigDecimal(load), "operatingTimeHours", BigDecimal.ONE)));
        }
        return hours;
    }

    @Test
    void answersUnderTheVersionOfItsBundle(@TempDir Path folder) {
        var component = component(folder, 120);
        try {
            var hours = hours(624);
            var notes = component.check(EpaUnit.SOURCE, hours, 600, hours.stream().map(HourlyRecord::id).collect(Collectors.toSet()));
            assertEquals(List.of("24 of 24 running hours were compared"), notes.stream().map(n -> n.message().substring(0, 36)).toList());
            assertEquals("1.2.3", component.version());
        } finally {
            component.stop();
        }
    }

    // what could not be looked at must not read as 'nothing found': the workflow makes it a blocking finding
    @Test
    void doesNotWaitBeyondTheLimit(@TempDir Path folder) {
        var component = component(folder, 0);
        try {
            var hours = hours(2_000);
            var verified = hours.stream().map(HourlyRecord::id).collect(Collectors.toSet());
            assertEquals("model.too-slow", assertThrows(CarboException.Unavailable.class, () -> component.check(EpaUnit.SOURCE, hours, 1_900, verified)).problem().code());
        } finally {
            component.stop();
        }
    }

    @Test
    void whatFailsInsideFailsOutside(@TempDir Path folder) {
        var component = component(folder, 120);
        try {
            assertThrows(IllegalArgumentException.class, () -> component.check(EpaUnit.SOURCE, hours(3), 5, Set.of()));
        } finally {
            component.stop();
        }
    }
}
