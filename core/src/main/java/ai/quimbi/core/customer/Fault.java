package ai.quimbi.core.customer;

/// What is wrong with one value that was told: where it stands (`items[2].price`), a code for
/// programs and a sentence for people.
public record Fault(String path, String code, String message) {}
