package ai.quimbi.core.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.benchmark.Benchmark.Outcome;
import ai.quimbi.core.benchmark.Benchmark.Reason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is released when, and what is not.
class BenchmarkTest {
  private static final Industries INDUSTRY = new Industries(11);

  private static Released released(List<Member> members) {
    return assertInstanceOf(Outcome.New.class, Industries.outcome(members, null, INDUSTRY.noise()))
        .released();
  }

  private static Outcome next(List<Member> before, List<Member> now) {
    Basis basis = Industries.basis(released(before), before);
    return Industries.outcome(now, basis, INDUSTRY.noise());
  }

  @Test
  void seven_companies_are_too_few() {
    assertEquals(
        new Outcome.Withheld(Reason.TOO_FEW_COMPANIES),
        Industries.outcome(INDUSTRY.companies(7), null, INDUSTRY.noise()));
    assertEquals(8, released(INDUSTRY.companies(8)).companies());
  }

  @Test
  void an_owner_has_one_vote_however_many_companies_it_founds() {
    List<Contribution> given = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      given.add(new Contribution("sybil & sons", 100 * (i + 1), 0.2));
    }
    given.add(new Contribution("victim", 300, 0.3));

    List<Contribution> votes = Contribution.votes(given);

    assertEquals(
        List.of("sybil & sons", "victim"), votes.stream().map(Contribution::owner).toList());
    // (7!)^(1/7) hundreds
    assertEquals(338.0, votes.getFirst().ltv(), 0.1);
    Member twice = new Member(votes.getFirst(), new Mask(0, 0));
    List<Member> members = new ArrayList<>(INDUSTRY.companies(8));
    members.addAll(List.of(twice, twice));
    assertThrows(
        IllegalArgumentException.class, () -> Industries.outcome(members, null, INDUSTRY.noise()));
  }

  @Test
  void one_or_two_who_come_or_go_wait_for_company() {
    List<Member> before = INDUSTRY.companies(12);
    for (int change = 1; change <= 5; change++) {
      List<Member> more = new ArrayList<>(before);
      more.addAll(INDUSTRY.companies(change));
      List<Member> fewer = before.subList(change, before.size());
      List<Member> swapped = new ArrayList<>(before.subList(1, before.size()));
      swapped.addAll(INDUSTRY.companies(change));
      assertEquals(change >= 3, next(before, more) instanceof Outcome.New, "came: " + change);
      if (fewer.size() >= 8) {
        assertEquals(change >= 3, next(before, fewer) instanceof Outcome.New, "left: " + change);
      }
      assertEquals(change >= 2, next(before, swapped) instanceof Outcome.New, "and " + change);
    }
  }

  @Test
  void the_same_members_say_something_new_when_three_have_moved() {
    List<Member> before = INDUSTRY.companies(10);
    for (int moved = 0; moved <= 4; moved++) {
      List<Member> now = new ArrayList<>(before);
      for (int i = 0; i < moved; i++) {
        now.set(i, Industries.moved(now.get(i), -0.3));
      }
      // One who comes beside them would stand alone.
      List<Member> joined = new ArrayList<>(now);
      joined.addAll(INDUSTRY.companies(1));
      assertEquals(moved >= 3, next(before, now) instanceof Outcome.New, "moved: " + moved);
      assertEquals(new Outcome.Unchanged(Reason.TOO_FEW_CHANGES), next(before, joined));
    }
  }

  @Test
  void in_a_small_industry_chance_beyond_the_masks_changes_nothing() {
    List<Member> members = INDUSTRY.companies(15);

    assertEquals(released(members), released(members));
    assertEquals(released(members), released(members.reversed()));
    assertEquals(12, released(members).companies());
    assertEquals(Released.Method.MASKED_HARRELL_DAVIS, released(members).method());
  }

  @Test
  void from_thirty_companies_on_each_release_is_drawn_and_paid_for() {
    List<Member> members = INDUSTRY.companies(47);
    Released first = released(members);

    assertEquals(40, first.companies());
    assertEquals(Released.Method.DIFFERENTIAL_PRIVACY, first.method());
    assertTrue(first.method().epsilon() <= 4);
    long different = IntStream.range(0, 5).mapToObj(i -> released(members)).distinct().count();
    assertTrue(different > 1, "drawn anew");
  }

  @Test
  void a_spent_year_freezes_a_large_industry() {
    List<Member> members = INDUSTRY.companies(40);
    Basis before = Industries.basis(released(members), members);
    LocalDate month = LocalDate.of(2026, 12, 1);
    List<Spending.Entry> year = new ArrayList<>();
    for (int back = 1; back <= 12; back++) {
      year.add(new Spending.Entry(month.minusMonths(back), 4));
    }
    Spending twelve = new Spending(year);
    assertEquals(44, twelve.inYearOf(month));
    assertInstanceOf(
        Outcome.New.class, Benchmark.of(members, before, twelve, month, INDUSTRY.noise()));
    year.add(new Spending.Entry(month, 4));
    Spending full = new Spending(year);

    assertEquals(48, full.inYearOf(month));
    assertEquals(
        new Outcome.Unchanged(Reason.BUDGET_SPENT),
        Benchmark.of(members, before, full, month, INDUSTRY.noise()));
    assertEquals(
        new Outcome.Withheld(Reason.BUDGET_SPENT),
        Benchmark.of(members, null, full, month, INDUSTRY.noise()));
  }

  @Test
  void a_company_that_is_nearly_the_whole_total_withholds_the_release() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      members.add(new Member(new Contribution("small" + i, 20, 0.2), new Mask(0.01 * i, 0)));
    }
    members.add(new Member(new Contribution("giant", 90_000, 0.2), new Mask(0, 0)));

    assertEquals(
        new Outcome.Withheld(Reason.ONE_COMPANY_STANDS_OUT),
        Industries.outcome(members, null, INDUSTRY.noise()));
  }

  @Test
  void the_rules_of_disclosure_are_the_offices() {
    // The two smallest together are 14 and 15 % of the largest.
    assertFalse(Disclosure.keepsLargestApart(new double[] {100, 80, 9, 5}));
    assertTrue(Disclosure.keepsLargestApart(new double[] {100, 80, 9, 6}));
    assertFalse(Disclosure.keepsLargestApart(new double[] {1, 1}));
    assertTrue(Disclosure.isDominated(new double[] {37, 33, 30}));
    assertFalse(Disclosure.isDominated(new double[] {36, 33, 31}));
  }

  @Test
  void harrell_davis_weighs_by_the_beta_distribution() {
    // Beta(4.5, 4.5) and Beta(2.25, 6.75) over eighths, integrated by the midpoint rule in Python
    // with 20,000 points an eighth.
    double[] median = {0.00392620, 0.05472720, 0.17056843, 0.27077816};
    double[] quarter = {0.19529693, 0.35655674, 0.26494896, 0.13020865};
    assertArrayEquals(median, Arrays.copyOf(HarrellDavis.weights(8, 0.5), 4), 1e-7);
    assertArrayEquals(quarter, Arrays.copyOf(HarrellDavis.weights(8, 0.25), 4), 1e-7);
    for (int n = 1; n <= 40; n++) {
      assertEquals(1, Arrays.stream(HarrellDavis.weights(n, 0.75)).sum(), 1e-12);
    }
    assertEquals(5, HarrellDavis.quantile(new double[] {2, 4, 6, 8}, 0.5), 1e-9);
  }

  @Test
  void figures_are_rounded_to_half_of_their_second_digit() {
    assertEquals(425, Figures.round(427.3));
    assertEquals(0.265, Figures.round(0.2634));
    assertEquals(1250, Figures.round(1234));
    assertEquals(9.45, Figures.round(9.43));
  }

  @Test
  void a_large_industry_without_spread_still_has_figures() {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      members.add(new Member(new Contribution("o" + i, 50_000, 1), new Mask(0, 0)));
    }
    Released released = released(members);
    assertTrue(released.churn().p75() <= 1 && released.churn().mean() <= 1, released.toString());
  }

  @Test
  void a_position_is_told_from_the_release_alone() {
    Figures ltv = new Figures(425, 280, 420, 580, 0.1);
    Figures churn = new Figures(0.265, 0.18, 0.26, 0.34, 0.1);
    Released released = new Released(8, Released.Method.MASKED_HARRELL_DAVIS, ltv, churn);

    // Document A's own example.
    Position example = Position.of(0.22, 450, released);
    assertEquals(Position.Compared.BETTER, example.churn());
    assertEquals("top_50%", example.ltv().label());
    assertEquals(Position.Compared.SIMILAR, Position.of(0.29, 580, released).churn());
    assertEquals(Position.Band.TOP_QUARTER, Position.of(0.29, 580, released).ltv());
    assertEquals(Position.Compared.WORSE, Position.of(0.30, 419.99, released).churn());
    assertEquals(Position.Band.BELOW_MEDIAN, Position.of(0.30, 419.99, released).ltv());
  }

  @Test
  void the_smallest_and_the_youngest_are_not_counted() {
    assertTrue(new Eligibility(100, 180).isMet());
    assertFalse(new Eligibility(99, 1_000).isMet());
    assertFalse(new Eligibility(1_000, 179).isMet());
  }

  @Test
  void what_leaves_takes_its_vote_along() {
    List<Member> before = INDUSTRY.companies(10);
    Released released = released(before);
    Basis left =
        new Basis(
            released,
            Industries.basis(released, before).owners(),
            Map.of(before.getFirst().owner(), before.getFirst().vote()));

    // Of those whose votes are gone nobody can say that they moved.
    assertEquals(
        new Outcome.Unchanged(Reason.TOO_FEW_CHANGES),
        Industries.outcome(before, left, INDUSTRY.noise()));
    assertEquals(Set.copyOf(left.owners()), left.owners());
  }
}
