package dev.rollcall.log;

/**
 * Where a line stands in the file.
 *
 * @param start its first byte
 * @param length without the line's end
 */
record Extent(long start, int length) {}
