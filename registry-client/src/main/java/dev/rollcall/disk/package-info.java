/**
 * Files that outlive a crash: a directory that one process claims, files that are appended to and synced, and frames
 * that tell what was written whole from what was torn.
 *
 * <p>Start at {@link dev.rollcall.disk.RecordDirectory}. Uses the JDK only.
 */
@NullMarked
package dev.rollcall.disk;

import org.jspecify.annotations.NullMarked;
