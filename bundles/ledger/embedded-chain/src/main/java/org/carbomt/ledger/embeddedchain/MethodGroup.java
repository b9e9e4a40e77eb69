package org.carbomt.ledger.embeddedchain;

/** Some methods of the node. */
interface MethodGroup {
    /** What a method answers: a string, a boolean, a map, a list or null, written as JSON. */
    @FunctionalInterface
    interface Method {
        Object answer(Params params);
    }

    interface Registry {
        /** @param most parameters it takes */
        default void add(String name, int most, Method method) {
            add(name, most, method, () -> {});
        }

        /** @param afterwards runs once before the request is answered, after all calls of a batch */
        void add(String name, int most, Method method, Runnable afterwards);
    }

    void offer(Registry registry);
}
