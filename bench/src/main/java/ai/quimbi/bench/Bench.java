package ai.quimbi.bench;

import java.util.Arrays;

/// `./quimbi bench NAME`.
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments.length == 0 ? "" : arguments[0];
    String[] rest =
        arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (name) {
      case "behaviour" -> BehaviourBench.run(rest);
      case "copilot" -> CopilotBench.run(rest);
      case "forecast" -> ForecastBench.run(rest);
      case "generation" -> GenerationBench.run(rest);
      case "http" -> HttpBench.run(rest);
      case "ingest" -> IngestBench.run(rest);
      case "upkeep" -> UpkeepBench.run(rest);
      case "sdk" -> SdkBench.run(rest);
      default -> {
        System.err.println(
            "Say what to measure: ./quimbi bench behaviour | copilot | forecast | generation"
                + " | http | ingest | sdk | upkeep");
        System.exit(2);
      }
    }
  }
}
