package org.carbomt.api.model;

import org.osgi.annotation.versioning.ConsumerType;

/** A task that models are for (whiteboard service), with its input and output contract. */
@ConsumerType
public interface ModelKind {
    /** E.g. {@code plume-unet}. */
    String id();

    /** Name of the score that decides between two models, of which less is better. */
    String score();

    /** Throws CarboException.Invalid, naming what breaks the contract, when it cannot serve: shapes, missing parameters, values that are not finite on a trial input. */
    void accept(ModelCard card, Networks.Network network);

    /** As {@link #accept}, for a method without a network. */
    void accept(ModelCard card);
}
