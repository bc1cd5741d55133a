package org.posthorn.desktop.viewmodel.settings;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.posthorn.account.Endpoint;

/** Where a setting stands in an endpoint. */
record Lens<V>(Function<Endpoint, V> get, BiFunction<Endpoint, V, Endpoint> put) {}
