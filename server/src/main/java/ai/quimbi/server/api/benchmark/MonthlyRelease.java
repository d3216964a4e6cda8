package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.benchmark.Basis;
import ai.quimbi.core.benchmark.Benchmark;
import ai.quimbi.core.benchmark.Contribution;
import ai.quimbi.core.benchmark.Mask;
import ai.quimbi.core.benchmark.Measure;
import ai.quimbi.core.benchmark.Member;
import ai.quimbi.core.benchmark.Noise;
import ai.quimbi.core.benchmark.Spending;
import ai.quimbi.server.store.Tenants;
import ai.quimbi.server.store.benchmark.Contributions;
import ai.quimbi.server.store.benchmark.Participation;
import ai.quimbi.server.store.benchmark.Participation.Part;
import ai.quimbi.server.store.benchmark.Releases;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The month's work: freeze what tenants give, and release what may be said of their industries.
/// Done again in the same month, or by two servers at once, it changes nothing: the first draw of
/// each contribution, mask and release is the one that is kept.
public final class MonthlyRelease {
  private static final Logger LOG = LoggerFactory.getLogger(MonthlyRelease.class);

  // So long an industry waits for a member whose figures cannot be read.
  private static final int PATIENT_UNTIL_DAY = 3;

  private final Tenants tenants;
  private final Figuring figuring;
  private final Participation participation;
  private final Contributions contributions;
  private final Releases releases;
  private final Noise noise;

  MonthlyRelease(
      Tenants tenants,
      Figuring figuring,
      Participation participation,
      Contributions contributions,
      Releases releases,
      Noise noise) {
    this.tenants = tenants;
    this.figuring = figuring;
    this.participation = participation;
    this.contributions = contributions;
    this.releases = releases;
    this.noise = noise;
  }

  /// What an industry's month holds: `fresh` where it was decided just now.
  public record Line(String industry, boolean isFresh, Releases.Entry entry) {}

  public static LocalDate monthOf(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
  }

  /// Does what is left of the month's work, and tells every industry's month.
  public List<Line> run(Instant now) {
    LocalDate month = monthOf(now);
    Set<String> waiting = freeze(month, now);
    boolean isPatient =
        LocalDate.ofInstant(now, ZoneOffset.UTC).getDayOfMonth() <= PATIENT_UNTIL_DAY;
    List<Line> lines = new ArrayList<>();
    for (String industry : contributions.industries()) {
      if (waiting.contains(industry) && isPatient) {
        LOG.warn("the benchmark of {} waits for a member that cannot be read", industry);
      } else {
        lines.add(line(industry, month, now));
      }
    }
    contributions.prune(month);
    return lines;
  }

  /// Freezes the contributions that are missing; the industries of those that failed.
  private Set<String> freeze(LocalDate month, Instant now) {
    Set<String> failed = new TreeSet<>();
    for (Part part : participation.sharing()) {
      boolean isDue = part.contributed() == null || part.contributed().isBefore(month);
      Optional<Tenant> tenant = isDue ? tenants.find(part.tenantId()) : Optional.empty();
      String owner = part.ownerGroup();
      String industry = Figuring.industry(tenant.map(Tenant::industry).orElse(null));
      if (tenant.isEmpty() || owner == null || industry == null) {
        continue;
      }
      try {
        figuring
            .contribution(tenant.get(), owner, valueCap(industry), now, noise)
            .ifPresent(given -> contributions.freeze(tenant.get(), month, industry, given));
      } catch (RuntimeException e) {
        LOG.warn(
            "the contribution of {} failed: {}", part.tenantId(), e.getClass().getSimpleName());
        failed.add(industry);
      }
    }
    return failed;
  }

  private double valueCap(String industry) {
    return Benchmark.valueCap(releases.newest(industry).map(Releases.Made::released).orElse(null));
  }

  private Line line(String industry, LocalDate month, Instant now) {
    List<Releases.Entry> ledger = releases.ledger(industry);
    Optional<Releases.Entry> there = ofMonth(ledger, month).filter(entry -> entry.basis() != null);
    if (there.isPresent()) {
      return new Line(industry, false, there.get());
    }
    decide(industry, month, now, ledger);
    return new Line(
        industry,
        true,
        ofMonth(releases.ledger(industry), month)
            .orElseThrow(() -> new IllegalStateException("no entry of " + industry)));
  }

  private static Optional<Releases.Entry> ofMonth(List<Releases.Entry> ledger, LocalDate month) {
    return ledger.stream().filter(entry -> entry.month().equals(month)).findFirst();
  }

  private void decide(String industry, LocalDate month, Instant now, List<Releases.Entry> ledger) {
    List<Member> members = new ArrayList<>();
    for (Contribution vote : Contribution.votes(contributions.of(industry, month))) {
      members.add(new Member(vote, contributions.mask(vote.owner(), Mask.drawn(noise))));
    }
    Optional<Releases.Made> newest = releases.newest(industry);
    Basis before = newest.map(made -> basis(industry, made)).orElse(null);
    LocalDate basis = newest.map(Releases.Made::month).orElse(null);
    switch (Benchmark.of(members, before, spending(ledger), month, noise)) {
      case Benchmark.Outcome.New fresh ->
          releases.add(industry, made(month, now, fresh, members, before));
      case Benchmark.Outcome.Unchanged kept ->
          releases.note(industry, month, now, basis, kept.reason());
      case Benchmark.Outcome.Withheld withheld ->
          releases.note(industry, month, now, null, withheld.reason());
    }
  }

  private static Releases.Made made(
      LocalDate month,
      Instant now,
      Benchmark.Outcome.New fresh,
      List<Member> members,
      @Nullable Basis before) {
    return new Releases.Made(
        month,
        now,
        fresh.released(),
        members.stream().map(member -> member.vote().owner()).collect(Collectors.toSet()),
        Benchmark.valueCap(before == null ? null : before.released()),
        Benchmark.range(before, Measure.LTV),
        Benchmark.range(before, Measure.CHURN));
  }

  private Basis basis(String industry, Releases.Made made) {
    Map<String, Contribution> votes = new HashMap<>();
    Contribution.votes(contributions.of(industry, made.month()))
        .forEach(vote -> votes.put(vote.owner(), vote));
    return new Basis(made.released(), made.owners(), votes);
  }

  static Spending spending(List<Releases.Entry> ledger) {
    return new Spending(
        ledger.stream().map(entry -> new Spending.Entry(entry.month(), entry.epsilon())).toList());
  }
}
