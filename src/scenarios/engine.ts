/**
 * The version of the results: it rises whenever some scenario's trace changes. A link carries it as `e`, so that one
 * from another version opens with a notice instead of silently showing something else.
 */
export const ENGINE = 1;
