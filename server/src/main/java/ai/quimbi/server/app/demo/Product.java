package ai.quimbi.server.app.demo;

import java.math.BigDecimal;

/// A product of a catalogue; `price` is per unit in the company's currency, `most` the largest
/// number of units on one line.
record Product(String id, String name, String category, BigDecimal price, int most) {}
