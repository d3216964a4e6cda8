"""Answers as the platform document shows them (section "Core Endpoints", version 1.0)."""

from typing import Any, Dict

ANALYSIS = """{"customer_id":"cust_12345",
  "archetype":{"id":"arch_premium_deal_hunter","level":"L2",
    "segments":{"purchase_value":"premium","price_sensitivity":"deal_hunter"}},
  "behavioral_metrics":{"lifetime_value":892.50,"total_orders":12,"avg_order_value":74.38,
    "days_since_last_purchase":15,"customer_tenure_days":456},
  "predictions":{"churn_risk":0.18,"churn_risk_level":"low","ltv_12mo":450.00},
  "communication_guidance":["Customer responds well to value propositions"]}"""

CHURN = """{"customer_id":"cust_12345","churn_risk_score":0.28,"risk_level":"medium",
  "factors":[{"factor":"days_since_last_purchase","value":45,"impact":"high","direction":"increases_risk"}],
  "recommendations":["Send re-engagement campaign within 7 days"]}"""

LTV = """{"customer_id":"cust_12345","horizon_months":12,"forecasted_ltv":450.00,
  "confidence_interval":{"lower":380.00,"upper":520.00,"confidence_level":0.95},
  "current_ltv":892.50,"incremental_ltv":450.00}"""

MESSAGE = """{"message":"For a baby quilt, ...","tone":"empathetic","channel":"email",
  "personalization_applied":["Avoided jargon"]}"""

ACTIONS = """{"actions":[{"action":"Send immediate replacement","priority":1,"reasoning":"High-value",
    "estimated_impact":{"retention_probability":0.85,"revenue_at_risk":780.00}}],
  "warnings":["Revenue at risk: $780 (65% churn \u00d7 $1200 LTV)"],"talking_points":["Apologize sincerely"]}"""

INGESTED = '{"ingested_count":1,"status":"success","customer_profiles_updated":["cust_12345"]}'

BENCHMARK = """{"industry":"retail","based_on_companies":8,"avg_ltv":425.00,"avg_churn":0.265,
  "ltv_percentiles":{"p25":280.00,"p50":420.00,"p75":580.00},
  "churn_percentiles":{"p25":0.18,"p50":0.26,"p75":0.34}}"""

POSITION = """{"my_metrics":{"churn":0.22,"ltv":450.00},
  "industry_benchmarks":{"avg_churn":0.265,"avg_ltv":425.00},
  "comparison":{"churn_vs_industry":"better","ltv_percentile":"top_50%"}}"""

ORDER: Dict[str, Any] = {
    "customer_id": "cust_12345",
    "order_id": "order_789",
    "order_date": "2024-03-15T14:30:00Z",
    "total_price": 125.5,
}


def error(code: str) -> str:
    return (
        '{"error":{"code":"%s","message":"Something about %s",'
        '"details":{"customer_id":"cust_99999","request_id":"req-00000001"}}}' % (code, code)
    )
