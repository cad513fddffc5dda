/**
 * Files that survive a crash: a directory claimed by one process, files that are appended to and synced, and frames
 * that distinguish complete writes from torn ones.
 *
 * <p>Start at {@link dev.rollcall.disk.RecordDirectory}. Uses the JDK only.
 */
@NullMarked
package dev.rollcall.disk;

import org.jspecify.annotations.NullMarked;
