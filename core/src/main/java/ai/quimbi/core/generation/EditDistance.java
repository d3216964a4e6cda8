package ai.quimbi.core.generation;

/// Levenshtein's distance: how many characters must be inserted, deleted or replaced to make one
/// text of another. Also the measure of how much an agent changed a draft before sending it.
public final class EditDistance {

  /// Longer texts are compared by their first characters only, so that the cost stays bounded.
  public static final int MAX_CHARS = 4000;

  private EditDistance() {}

  public static int between(String a, String b) {
    int[] x = a.codePoints().limit(MAX_CHARS).toArray();
    int[] y = b.codePoints().limit(MAX_CHARS).toArray();
    int[] row = new int[y.length + 1];
    for (int j = 0; j <= y.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= x.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= y.length; j++) {
        int replaced = diagonal + (x[i - 1] == y[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[y.length];
  }
}
