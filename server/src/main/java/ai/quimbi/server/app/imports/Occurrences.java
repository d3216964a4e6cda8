package ai.quimbi.server.app.imports;

/// Counts how often each text came up, by its 64-bit hash: sixteen to thirty bytes for each
/// different one, whatever its length. Two texts of one hash share their count, which is harmless
/// here: the count only tells apart rows that are otherwise named alike, and the same file always
/// counts the same.
final class Occurrences {
  private long[] keys = new long[1 << 12];
  private int[] counts = new int[1 << 12];
  private int size;

  /// How often `text` came up, this time included.
  int next(String text) {
    if (size * 3L > keys.length * 2L) {
      grow();
    }
    return ++counts[slot(hash(text))];
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) key & mask;
    while (keys[slot] != key) {
      if (keys[slot] == 0) {
        keys[slot] = key;
        size++;
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[oldKeys.length * 2];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        counts[slot(oldKeys[i])] = oldCounts[i];
      }
    }
  }

  /// Never zero, which marks an empty slot.
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }

  /// The last million or so texts, in 8 MB: enough to notice rows of an order that lie apart.
  static final class Recent {
    private final long[] hashes = new long[1 << 20];

    void add(String text) {
      long hash = hash(text);
      hashes[(int) hash & (hashes.length - 1)] = hash;
    }

    boolean contains(String text) {
      long hash = hash(text);
      return hashes[(int) hash & (hashes.length - 1)] == hash;
    }
  }
}
