package ai.quimbi.core.copilot;

/// One call of a tool with its parameters. Closed: whoever reads it handles every tool.
public sealed interface Tool {
  int DEFAULT_PERIOD_DAYS = 30;
  int MAX_PERIOD_DAYS = 365;

  Subject subject();

  ToolName name();

  /// How many days back from the latest day with data usage is looked at.
  default int periodDays() {
    return DEFAULT_PERIOD_DAYS;
  }

  record GetCustomerUsage(Subject subject, int periodDays) implements Tool {
    public GetCustomerUsage {
      requirePeriod(periodDays);
    }

    @Override
    public ToolName name() {
      return ToolName.GET_CUSTOMER_USAGE;
    }
  }

  record GetRecentTickets(Subject subject) implements Tool {
    @Override
    public ToolName name() {
      return ToolName.GET_RECENT_TICKETS;
    }
  }

  record GetContractInfo(Subject subject) implements Tool {
    @Override
    public ToolName name() {
      return ToolName.GET_CONTRACT_INFO;
    }
  }

  /// `isExplained` asks for what each component contributed.
  record CalculateHealth(Subject subject, int periodDays, boolean isExplained) implements Tool {
    public CalculateHealth {
      requirePeriod(periodDays);
    }

    @Override
    public ToolName name() {
      return ToolName.CALCULATE_HEALTH;
    }
  }

  record GenerateEmail(Subject subject, int periodDays) implements Tool {
    public GenerateEmail {
      requirePeriod(periodDays);
    }

    @Override
    public ToolName name() {
      return ToolName.GENERATE_EMAIL;
    }
  }

  record GenerateQbrOutline(Subject subject, int periodDays) implements Tool {
    public GenerateQbrOutline {
      requirePeriod(periodDays);
    }

    @Override
    public ToolName name() {
      return ToolName.GENERATE_QBR_OUTLINE;
    }
  }

  /// The tool of that name with its usual parameters.
  static Tool of(ToolName name, Subject subject) {
    return switch (name) {
      case GET_CUSTOMER_USAGE -> new GetCustomerUsage(subject, DEFAULT_PERIOD_DAYS);
      case GET_RECENT_TICKETS -> new GetRecentTickets(subject);
      case GET_CONTRACT_INFO -> new GetContractInfo(subject);
      case CALCULATE_HEALTH -> new CalculateHealth(subject, DEFAULT_PERIOD_DAYS, false);
      case GENERATE_EMAIL -> new GenerateEmail(subject, DEFAULT_PERIOD_DAYS);
      case GENERATE_QBR_OUTLINE -> new GenerateQbrOutline(subject, DEFAULT_PERIOD_DAYS);
    };
  }

  private static void requirePeriod(int days) {
    if (days < 1 || days > MAX_PERIOD_DAYS) {
      throw new IllegalArgumentException("a period has 1 to 365 days, was " + days);
    }
  }
}
