package ai.quimbi.core.forecast;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A long row in blocks of a fixed size, several at a time: results cannot depend on how many
/// threads there are. Whoever is done takes the next block, so that nobody waits long at the end.
final class Blocks {
  @FunctionalInterface
  interface Block {
    void of(int from, int to);
  }

  private Blocks() {}

  static void each(int n, int size, Block block) {
    each(n, size, () -> block);
  }

  /// The same where whoever works at blocks needs arrays of his own, which serve him for all.
  static void each(int n, int size, Supplier<Block> worker) {
    AtomicInteger begun = new AtomicInteger();
    IntStream.rangeClosed(0, n <= size ? 0 : ForkJoinPool.getCommonPoolParallelism())
        .parallel()
        .forEach(
            _ -> {
              Block block = worker.get();
              int from = begun.getAndAdd(size);
              while (from < n) {
                block.of(from, Math.min(n, from + size));
                from = begun.getAndAdd(size);
              }
            });
  }
}
