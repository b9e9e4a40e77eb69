package org.carbomt.platform.shell;

import java.util.function.Function;
import org.carbomt.api.CarboException;
import org.carbomt.api.Problem;
import org.osgi.framework.BundleContext;

/** Looks a service up for the length of one command, so that a command works whatever is installed. */
final class Services {
    private Services() {}

    /** Runs the work with the service; CarboException.Unavailable when the part is absent. */
    static <S, T> T with(BundleContext context, Class<S> type, Function<S, T> work) {
        var reference = context.getServiceReference(type);
        var service = reference == null ? null : context.getService(reference);
        if (service == null) throw new CarboException.Unavailable(new Problem("part.absent", "service", type.getSimpleName(), "a profile that has this part, see feature:list"));
        try {
            return work.apply(service);
        } finally {
            context.ungetService(reference);
        }
    }

    static boolean present(BundleContext context, Class<?> type) {
        return context.getServiceReference(type) != null;
    }
}
