package ai.quimbi.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the door needs from the rest of the server. `errors` says what an exception of another
/// package means to a caller, `null` for a 500. `replies` is `null` where nothing is remembered.
public record Backing(
    Contract contract,
    KeyLookup keys,
    Limits limits,
    Function<Throwable, @Nullable ApiError> errors,
    BooleanSupplier ready,
    PrometheusMeterRegistry metrics,
    @Nullable Replies replies,
    InstantSource clock) {}
