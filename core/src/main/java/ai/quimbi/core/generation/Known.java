package ai.quimbi.core.generation;

/// A value and where it comes from.
public record Known<T>(T value, Provenance from) {}
