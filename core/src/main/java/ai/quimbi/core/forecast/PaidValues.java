package ai.quimbi.core.forecast;

import java.util.stream.IntStream;

/// What customers' purchase days were worth until an origin, one row a customer: how many had a
/// positive value, what they came to together, and the sums of the logarithms of the values and of
/// the squares of these. The spend models need no more of them.
final class PaidValues {
  final int[] n;
  final double[] total;
  final double[] logSum;
  final double[] logSquares;

  private PaidValues(int customers) {
    n = new int[customers];
    total = new double[customers];
    logSum = new double[customers];
    logSquares = new double[customers];
  }

  /// Rows for so many customers, to be filled by [#add].
  static PaidValues ofCustomers(int customers) {
    return new PaidValues(customers);
  }

  void add(int customer, double value) {
    double log = Math.log(value);
    n[customer]++;
    total[customer] += value;
    logSum[customer] += log;
    logSquares[customer] += log * log;
  }

  double[] means() {
    return IntStream.range(0, n.length).mapToDouble(i -> n[i] == 0 ? 0 : total[i] / n[i]).toArray();
  }

  /// The values of an origin's customers as they would be did they not depend on the frequency.
  static PaidValues without(FrequencyDependence dependence, Origin at) {
    int[] n = at.paid.n;
    double[] logSum = at.paid.logSum;
    PaidValues freed = ofCustomers(n.length);
    for (int i = 0; i < n.length; i++) {
      if (n[i] > 0) {
        double log = dependence.logSeen(at.x[i], at.age[i]);
        freed.n[i] = n[i];
        freed.total[i] = at.paid.total[i] / Math.exp(log);
        freed.logSum[i] = logSum[i] - n[i] * log;
        freed.logSquares[i] = at.paid.logSquares[i] - 2 * log * logSum[i] + n[i] * log * log;
      }
    }
    return freed;
  }
}
