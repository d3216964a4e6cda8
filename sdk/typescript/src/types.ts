// The contract's shapes. Answers may hold more than is named here; that is reachable as `unknown`.

export type RiskLevel = "low" | "medium" | "high";
export type Goal = "resolve_support_issue" | "nurture_lead" | "upsell" | "win_back" | "generic_communication";
export type Channel = "email" | "sms" | "chat" | "phone_script";
export type Scenario = "support_ticket" | "sales_opportunity" | "marketing_campaign" | "retention_risk";

/** What a later version of the contract adds. */
export interface More {
  [member: string]: unknown;
}

/** Text with an offset, `2024-03-15T14:30:00Z`, or a Date. */
export type Instant = string | Date;

export interface OrderItem {
  product_id: string;
  product_name?: string;
  category?: string;
  quantity: number;
  price: number;
}

export interface OrderFacts {
  order_id: string;
  order_date: Instant;
  total_price: number;
  items?: OrderItem[];
  currency?: string;
  status?: "paid" | "cancelled" | "refunded" | "partially_refunded";
  discount_amount?: number;
  refund_amount?: number;
  refunds?: { refund_id: string; amount: number; refunded_at: Instant }[];
  channel?: string;
  updated_at?: Instant;
}

export interface Order extends OrderFacts {
  customer_id: string;
}

export interface Interaction {
  customer_id: string;
  interaction_type: string;
  timestamp: Instant;
  channel: string;
  interaction_id?: string;
  metadata?: More;
}

/** Counts for one answer and is not stored. */
export interface AnalysisContext {
  orders?: OrderFacts[];
  interactions?: { type: string; timestamp: Instant; channel?: string }[];
}

export interface CustomerAnalysis extends More {
  customer_id: string;
  archetype: { id?: string; level?: string; segments?: Record<string, string> };
  behavioral_metrics: {
    lifetime_value: number;
    total_orders: number;
    avg_order_value: number;
    /** null for a customer without orders. */
    days_since_last_purchase: number | null;
    customer_tenure_days: number;
  };
  predictions: { churn_risk?: number; churn_risk_level?: RiskLevel; ltv_12mo?: number };
  communication_guidance: string[];
}

export interface ChurnPrediction extends More {
  customer_id: string;
  churn_risk_score: number;
  risk_level: RiskLevel;
  factors: { factor: string; value: number | string; impact: RiskLevel; direction: "increases_risk" | "decreases_risk" }[];
  recommendations: string[];
}

export interface LtvForecast extends More {
  customer_id: string;
  horizon_months: number;
  /** What is expected to be spent within the horizon. */
  forecasted_ltv: number;
  confidence_interval: { lower: number; upper: number; confidence_level: number };
  /** What was spent until now. */
  current_ltv: number;
  incremental_ltv: number;
}

/** Any description of a customer; an analysis is one. */
export type CustomerProfile = object;

export interface MessageContext {
  goal: Goal | (string & {});
  channel?: Channel | (string & {});
  conversation?: object[];
  constraints?: { tone?: string; length?: string };
  [member: string]: unknown;
}

export interface GeneratedMessage extends More {
  message: string;
  tone: string;
  channel: string;
  personalization_applied: string[];
  /** What `generation.messageFeedback` is to be told of. */
  message_id?: string;
}

export interface RecommendedActions extends More {
  actions: {
    action: string;
    priority: number;
    reasoning: string;
    /** What `generation.actionOutcome` is to be told of. */
    id?: string;
    estimated_impact?: { retention_probability?: number; revenue_at_risk?: number };
  }[];
  warnings: string[];
  talking_points: string[];
}

export interface Ingestion extends More {
  ingested_count: number;
  status: string;
  duplicate_count?: number;
  customer_profiles_updated?: string[];
}

export interface CustomerPage extends More {
  data: ({ customer_id: string } & More)[];
  has_more: boolean;
  next_cursor?: string | null;
}

/** How the server is; it names no tenant. */
export interface ServerStatus extends More {
  status: "operational" | "degraded" | "down";
  components: { name: string; status: string; version?: string }[];
  versions: { server: string; api: string; contract: string };
  models: { in_use: number; fitted: number; newest_age_seconds?: number; oldest_age_seconds?: number };
  jobs?: { queued: number; running: number; longest_wait_seconds: number };
}

/** One customer of an export. */
export interface ExportedCustomer extends More {
  customer_id: string;
}

export interface Percentiles {
  p25: number;
  p50: number;
  p75: number;
}

export interface IndustryBenchmark extends More {
  industry: string;
  based_on_companies: number;
  avg_ltv: number;
  avg_churn: number;
  ltv_percentiles: Percentiles;
  churn_percentiles: Percentiles;
}

export interface Position extends More {
  my_metrics: { churn: number; ltv: number };
  industry_benchmarks: { avg_churn: number; avg_ltv: number };
  comparison: {
    churn_vs_industry: "better" | "similar" | "worse";
    ltv_percentile: "top_25%" | "top_50%" | "below_median";
  };
}
