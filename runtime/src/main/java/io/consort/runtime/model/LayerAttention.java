package io.consort.runtime.model;

import java.util.OptionalInt;

/**
 * What one layer's attention sees.
 *
 * @param window positions that a query sees, itself included; all earlier ones when absent
 */
public record LayerAttention(OptionalInt window, RopeSettings rope) {}
