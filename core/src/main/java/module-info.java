/// The functional core: values in, values out. No clock, no I/O, no JSON; time and chance are
/// arguments.
module ai.quimbi.core {
  requires org.apache.commons.numbers.gamma;
  requires static transitive org.jspecify;

  exports ai.quimbi.core.access;
  exports ai.quimbi.core.behaviour;
  exports ai.quimbi.core.benchmark;
  exports ai.quimbi.core.copilot;
  exports ai.quimbi.core.customer;
  exports ai.quimbi.core.forecast;
  exports ai.quimbi.core.stats;
  exports ai.quimbi.core.generation;
}
