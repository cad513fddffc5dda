/**
 * A thin layer on {@code com.sun.net.httpserver}, its only user: routes with path templates, body limits,
 * {@code application/problem+json}, one dispatcher around every handler, drain-then-stop.
 *
 * <p>Start at {@link dev.rollcall.http.HttpHost}. Uses {@code wire} only.
 */
@NullMarked
package dev.rollcall.http;

import org.jspecify.annotations.NullMarked;
