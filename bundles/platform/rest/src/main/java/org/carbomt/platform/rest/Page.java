package org.carbomt.platform.rest;

import java.util.List;

/** A list answer. */
public record Page<T>(List<T> items) {}
