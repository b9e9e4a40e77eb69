package org.carbomt.market.matching.engine;

/** Hears what the engine does, while it does it; reads it by the engine's accessors. */
public interface Watch {
    /** Nobody looks. */
    Watch NOBODY = new Watch() {
        @Override
        public void placed(int order) {}

        @Override
        public void traded(long trade, int maker, int taker, long tonnes, long price, long settlement) {}

        @Override
        public void ended(int order, long tonnes) {}

        @Override
        public void reduced(int order, long tonnes) {}

        @Override
        public void closed(int settlement, boolean moved) {}
    };

    /** The order is taken up; nothing has happened to it yet. */
    void placed(int order);

    void traded(long trade, int maker, int taker, long tonnes, long price, long settlement);

    /** Cancelled or refused: status and reason say how. @param tonnes that were open */
    void ended(int order, long tonnes);

    void reduced(int order, long tonnes);

    /** The settlement is about to go. @param moved on chain; false: refused there */
    void closed(int settlement, boolean moved);
}
