package ai.quimbi.server.app.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.BehaviourModel;
import ai.quimbi.core.behaviour.Features;
import ai.quimbi.core.behaviour.SegmentationQuality;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RatedOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The segments of the demo shop can be relied on.
class DemoSegmentsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @Test
  void refits_on_halves_of_the_demo_shop_agree() {
    DemoHistory shop = DemoHistory.of(DemoCompany.shop(), 1, TODAY);
    Ledger ledger = shop.company().ledger();
    Map<String, ProfileSum> sums = new TreeMap<>();
    for (Iterator<Batch> each = shop.batches(500); each.hasNext(); ) {
      Batch batch = each.next();
      for (Order order : batch.orders()) {
        sums.computeIfAbsent(order.customerId(), id -> new ProfileSum(ledger))
            .add(new RatedOrder(order, BigDecimal.ONE));
      }
      for (Contact contact : batch.contacts()) {
        sums.computeIfAbsent(contact.interaction().customerId(), id -> new ProfileSum(ledger))
            .add(contact.interaction());
      }
    }
    int today = (int) TODAY.toEpochDay();
    Features.Builder builder = new Features.Builder(today, sums.size());
    sums.values().forEach(sum -> builder.add(sum.toProfile()));
    Features features = builder.build();
    BehaviourModel model = BehaviourModel.fit(features, today, ledger.scale());

    SegmentationQuality quality = SegmentationQuality.of(features, model, today, 1);

    assertTrue(quality.customers() >= 4_500, "customers " + quality.customers());
    assertTrue(quality.stability() >= 0.8, "stability " + quality.stability());
    for (Axis axis : Axis.MAIN) {
      double stability =
          quality.axes().entrySet().stream()
              .filter(one -> one.getKey() == axis)
              .mapToDouble(one -> one.getValue().stability())
              .sum();
      assertTrue(stability >= 0.7, axis.label() + " " + quality.axes());
    }
  }
}
