package org.carbomt.field.camelruntime.routes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Camel context whose routes come and go by file, and whose components come and go by scheme. A file waits until every scheme it
 * names is there; when one goes, the routes of the files that name it stop, and no others. A bad text never replaces a good one. Thread safe.
 */
public final class RouteContext implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteContext.class);
    private final ClassLoader loader;
    private final Duration drain;
    private final DefaultCamelContext camel;
    /** The text wanted of each file. */
    private final Map<String, RouteFile> wanted = new TreeMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Component> components = new HashMap<>();
    private final Map<String, String> rejected = new TreeMap<>();

    private record Running(RouteFile file, List<String> routeIds) {}

    public RouteContext(ClassLoader loader, Duration drain) {
        this.loader = loader;
        this.drain = drain;
        camel = here(() -> {
            var context = new DefaultCamelContext();
            context.getCamelContextExtension().setName("carbomt");
            context.setApplicationContextClassLoader(loader);
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(Math.max(1, drain.toMillis()));
            context.getShutdownStrategy().setSuppressLoggingOnTimeout(true);
            context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
            context.disableJMX();
            context.setLoadTypeConverters(false);
            context.start();
            return context;
        });
    }

    /** Takes a component under a scheme; one that is there already is replaced, and the routes that use it start again. */
    public synchronized void addComponent(String scheme, Component component) {
        if (components.containsKey(scheme)) forget(scheme);
        here(() -> {
            camel.addComponent(scheme, component);
            return null;
        });
        components.put(scheme, component);
        LOG.info("Camel component {} came", scheme);
        startWaiting();
    }

    /** Stops the routes that use the component, and drops it. Nothing happens when another has taken its place. */
    public synchronized void removeComponent(String scheme, Component component) {
        if (components.get(scheme) != component) return;
        forget(scheme);
        LOG.info("Camel component {} went", scheme);
    }

    private void forget(String scheme) {
        for (var routes : List.copyOf(running.values())) {
            if (routes.file().schemes().contains(scheme)) stop(routes);
        }
        here(() -> {
            camel.removeEndpoints(scheme + ":*");
            camel.removeComponent(scheme);
            return null;
        });
        components.remove(scheme);
    }

    /** Takes the text of a file. When it is bad, that is logged, and what the file held before runs on. */
    public synchronized void put(String name, String text) {
        RouteFile file;
        try {
            file = RouteFile.parse(name, text);
            var known = wanted.put(name, file);
            try {
                if (absent(file).isEmpty()) replace(file);
                else await(file);
                rejected.remove(name);
            } catch (RuntimeException e) {
                if (known == null) wanted.remove(name);
                else wanted.put(name, known);
                throw e;
            }
        } catch (RuntimeException e) {
            rejected.put(name, reason(e));
            LOG.warn("Route file {} is not used: {}{}", name, reason(e), running.containsKey(name) ? " (its former routes keep running)" : "");
            LOG.debug("Route file {}", name, e);
        }
    }

    /** The file is gone. */
    public synchronized void remove(String name) {
        wanted.remove(name);
        rejected.remove(name);
        var routes = running.get(name);
        if (routes != null) stop(routes);
        LOG.info("Route file {} removed", name);
    }

    /** @return file name and reason of the files whose present text is not used */
    public synchronized Map<String, String> rejected() {
        return Map.copyOf(rejected);
    }

    /** @return the ids of the routes that run */
    public synchronized List<String> routeIds() {
        return running.values().stream().flatMap(routes -> routes.routeIds().stream()).toList();
    }

    private void await(RouteFile file) {
        check(file);
        var routes = running.get(file.name());
        if (routes != null) stop(routes);
        LOG.info("Route file {} waits for the component {}", file.name(), String.join(", ", absent(file)));
    }

    private void startWaiting() {
        for (var file : List.copyOf(wanted.values())) {
            if (running.containsKey(file.name()) || !absent(file).isEmpty()) continue;
            try {
                replace(file);
                rejected.remove(file.name());
            } catch (RuntimeException e) {
                rejected.put(file.name(), reason(e));
                LOG.warn("Route file {} could not be started: {}", file.name(), reason(e));
            }
        }
    }

    private TreeSet<String> absent(RouteFile file) {
        var absent = new TreeSet<String>();
        for (var scheme : file.schemes()) {
            if (here(() -> camel.getComponent(scheme, true, false)) == null) absent.add(scheme);
        }
        return absent;
    }

    private void replace(RouteFile file) {
        var ids = check(file);
        var former = running.get(file.name());
        if (former != null) stop(former);
        try {
            start(file, ids);
        } catch (RuntimeException e) {
            drop(ids);
            if (former != null) start(former.file(), former.routeIds());
            throw e;
        }
    }

    private void start(RouteFile file, List<String> ids) {
        here(() -> {
            PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file.name(), file.text()));
            return null;
        });
        running.put(file.name(), new Running(file, ids));
        LOG.info("Routes {} of {} run", ids, file.name());
    }

    private void stop(Running routes) {
        drop(routes.routeIds());
        running.remove(routes.file().name());
        LOG.info("Routes {} of {} stopped", routes.routeIds(), routes.file().name());
    }

    private void drop(List<String> ids) {
        here(() -> {
            for (var id : ids) {
                if (camel.getRouteDefinition(id) == null) continue;
                camel.getRouteController().stopRoute(id, drain.toMillis(), TimeUnit.MILLISECONDS);
                camel.removeRoute(id);
                var definition = camel.getRouteDefinition(id);
                if (definition != null) camel.removeRouteDefinition(definition);
            }
            return null;
        });
    }

    /** Reads the file without starting it. @return its route ids */
    private List<String> check(RouteFile file) {
        return here(() -> {
            var ids = new ArrayList<String>();
            for (var builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(ResourceHelper.fromString(file.name(), file.text()))) {
                if (!(builder instanceof RouteBuilder routes)) continue;
                routes.setCamelContext(camel);
                routes.configure();
                for (RouteDefinition route : routes.getRouteCollection().getRoutes()) {
                    if (route.getRouteId() == null) throw new IllegalArgumentException("a route has no id; expected one such as ingest.mqtt");
                    ids.add(route.getRouteId());
                }
            }
            if (ids.isEmpty()) throw new IllegalArgumentException("there is no route in it");
            for (var other : running.values()) {
                if (other.file().name().equals(file.name())) continue;
                for (var id : ids) {
                    if (other.routeIds().contains(id)) throw new IllegalArgumentException("route id " + id + " belongs to " + other.file().name() + " already; expected another");
                }
            }
            return ids;
        });
    }

    private static String reason(Throwable e) {
        var root = e;
        while (root.getCause() != null && root.getCause() != root) root = root.getCause();
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    /** Camel finds its own classes by the thread's context class loader. */
    private <T> T here(Work<T> work) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(reason(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public synchronized void close() {
        for (var routes : List.copyOf(running.values())) stop(routes);
        here(() -> {
            camel.stop();
            return null;
        });
    }
}
