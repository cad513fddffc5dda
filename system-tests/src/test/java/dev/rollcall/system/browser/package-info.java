/**
 * The portal as people use it: the real jars, and a real browser before them (Debian's chromium and chromium-driver).
 *
 * <p>Start at {@link dev.rollcall.system.browser.Browser}. Without a browser these tests are left out, which is said in
 * one line; with {@code -Dbrowser=required} they fail instead.
 */
@NullMarked
package dev.rollcall.system.browser;

import org.jspecify.annotations.NullMarked;
