/**
 * The portal in use: the real jars, and a real browser (Debian's chromium and chromium-driver).
 *
 * <p>Start at {@link dev.rollcall.system.browser.Browser}. Without a browser these tests are skipped with one line of
 * output; with {@code -Dbrowser=required} they fail instead.
 */
@NullMarked
package dev.rollcall.system.browser;

import org.jspecify.annotations.NullMarked;
