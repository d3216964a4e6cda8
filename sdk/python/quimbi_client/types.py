"""The contract's shapes. Answers are plain dicts and may hold more than is named here."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Dict, List, Literal, Mapping, Optional, Sequence, TypedDict, Union

RiskLevel = Literal["low", "medium", "high"]
Instant = Union[str, dt.datetime]
"""Text with an offset, `2024-03-15T14:30:00Z`, or an aware datetime."""
Amount = Union[int, float, Decimal]


class Archetype(TypedDict, total=False):
    """Empty where nothing is known."""

    id: str
    level: str
    segments: Dict[str, str]


class BehavioralMetrics(TypedDict):
    lifetime_value: float
    total_orders: int
    avg_order_value: float
    days_since_last_purchase: Optional[int]
    """None for a customer without orders."""
    customer_tenure_days: int


class Predictions(TypedDict, total=False):
    churn_risk: float
    churn_risk_level: RiskLevel
    ltv_12mo: float


class CustomerAnalysis(TypedDict):
    customer_id: str
    archetype: Archetype
    behavioral_metrics: BehavioralMetrics
    predictions: Predictions
    communication_guidance: List[str]


class Factor(TypedDict):
    factor: str
    value: Union[float, str]
    impact: RiskLevel
    direction: Literal["increases_risk", "decreases_risk"]


class ChurnPrediction(TypedDict):
    customer_id: str
    churn_risk_score: float
    risk_level: RiskLevel
    factors: List[Factor]
    recommendations: List[str]


class ConfidenceInterval(TypedDict):
    lower: float
    upper: float
    confidence_level: float


class LtvForecast(TypedDict):
    customer_id: str
    horizon_months: int
    forecasted_ltv: float
    confidence_interval: ConfidenceInterval
    current_ltv: float
    incremental_ltv: float


class _GeneratedMessage(TypedDict):
    message: str
    tone: str
    channel: str
    personalization_applied: List[str]


class GeneratedMessage(_GeneratedMessage, total=False):
    message_id: str
    """What `generation.message_feedback` is to be told of."""


class Impact(TypedDict, total=False):
    retention_probability: float
    revenue_at_risk: float


class _Action(TypedDict):
    action: str
    priority: int
    reasoning: str


class Action(_Action, total=False):
    id: str
    """What `generation.action_outcome` is to be told of."""
    estimated_impact: Impact


class RecommendedActions(TypedDict):
    actions: List[Action]
    warnings: List[str]
    talking_points: List[str]


class _Ingestion(TypedDict):
    ingested_count: int
    status: str


class Ingestion(_Ingestion, total=False):
    duplicate_count: int
    customer_profiles_updated: List[str]


class CustomerPage(TypedDict):
    data: List[Dict[str, Any]]
    has_more: bool
    next_cursor: Optional[str]


class Percentiles(TypedDict):
    p25: float
    p50: float
    p75: float


class IndustryBenchmark(TypedDict):
    industry: str
    based_on_companies: int
    avg_ltv: float
    avg_churn: float
    ltv_percentiles: Percentiles
    churn_percentiles: Percentiles


class Metrics(TypedDict):
    churn: float
    ltv: float


class Averages(TypedDict):
    avg_churn: float
    avg_ltv: float


class Comparison(TypedDict):
    churn_vs_industry: Literal["better", "similar", "worse"]
    ltv_percentile: Literal["top_25%", "top_50%", "below_median"]


class Position(TypedDict):
    my_metrics: Metrics
    industry_benchmarks: Averages
    comparison: Comparison


class IssuedKey(TypedDict):
    key: str
    """Shown this once and never again."""
    key_id: str


class CatalogStored(TypedDict):
    status: str
    stored_count: int


class CatalogPage(TypedDict, total=False):
    """Entries in id order, under the collection's name."""

    has_more: bool
    products: List[Dict[str, Any]]
    offers: List[Dict[str, Any]]
    policies: List[Dict[str, Any]]
    snippets: List[Dict[str, Any]]


class MessageFeedback(TypedDict):
    status: str
    message_id: str
    verdict: str
    edit_distance: int
    """Characters inserted, deleted or replaced; 0 unless it was edited."""


class BetaBelief(TypedDict):
    alpha: float
    beta: float
    mean: float


class _Effect(TypedDict):
    play: str
    accepted: int
    rejected: int
    succeeded: int
    failed: int


class Effect(_Effect, total=False):
    prior: BetaBelief
    posterior: BetaBelief


class ActionOutcome(TypedDict):
    status: str
    id: str
    effect: Effect


class _GoalInsight(TypedDict):
    goal: str
    generated: int
    by_language_model: int
    sent: int
    edited: int
    rejected: int


class GoalInsight(_GoalInsight, total=False):
    mean_edit_distance: float


class GenerationInsights(TypedDict):
    goals: List[GoalInsight]


class Playbook(TypedDict):
    version: str
    thresholds: Dict[str, Any]
    plays: List[Dict[str, Any]]


class _LanguageModelSetting(TypedDict):
    provider: Literal["none", "anthropic", "openai", "ollama"]
    set_by: Literal["server", "tenant"]


class LanguageModelSetting(_LanguageModelSetting, total=False):
    model: str
    base_url: str
    has_api_key: bool
    input_price: float
    output_price: float


Move = TypedDict("Move", {"from": str, "to": str, "customers": int})

ArchetypeMigration = TypedDict(
    "ArchetypeMigration",
    {"level": str, "from": str, "to": str, "data": List[Move], "arrived": int, "left": int},
)
"""`arrived` were known at the end only, `left` at the beginning only."""


class ServerStatus(TypedDict):
    """How the server is; it names no tenant."""

    status: Literal["operational", "degraded", "down"]
    components: List[Dict[str, str]]
    versions: Dict[str, str]
    models: Dict[str, int]


class _SavedSegment(TypedDict):
    segment_id: str
    name: str
    filter: Dict[str, str]


class SavedSegment(_SavedSegment, total=False):
    customers: int
    """How many it means now."""


class SegmentList(TypedDict):
    data: List[SavedSegment]


class RevenueForecast(TypedDict):
    horizon_months: int
    customers: int
    expected_revenue: float
    confidence_interval: ConfidenceInterval
    calibrated: bool
    """False where the horizon is longer than the data can check."""
    currency: str


class ModelReport(TypedDict):
    status: Literal["fitted", "shipped"]
    model_version: str
    customers: int
    repeat_customers: int
    churn_horizon_days: int


class ScoringProgress(TypedDict):
    state: Literal["current", "running", "waiting"]
    customers: int
    scored: int


OverviewPeriod = TypedDict("OverviewPeriod", {"days": int, "from": str, "to": str})


class OverviewCustomers(TypedDict):
    """`new` ordered for the first time in the period, `active` ordered in it."""

    total: int
    with_orders: int
    active: int
    new: int


class OverviewRevenue(TypedDict):
    total: float
    period: float
    orders: int


class OverviewChurn(TypedDict):
    average: float
    levels: Dict[RiskLevel, int]
    percentiles: Dict[str, float]
    distribution: List[Dict[str, float]]


class OverviewLtv(TypedDict):
    total: float
    average: float
    percentiles: Dict[str, float]


class OverviewArchetype(TypedDict):
    archetype_id: str
    customers: int
    share: float
    avg_churn_risk: float
    median_ltv_12mo: float


class Overview(TypedDict):
    """The own customers at a glance."""

    period: OverviewPeriod
    customers: OverviewCustomers
    revenue: OverviewRevenue
    churn: OverviewChurn
    ltv: OverviewLtv
    archetypes: List[OverviewArchetype]
    trend: Dict[str, Dict[str, float]]
    currency: str
    scored_on: str
    model_version: str


class _LedgerEntry(TypedDict):
    month: str
    outcome: Literal["released", "unchanged", "withheld"]
    epsilon: float
    made_at: str


class LedgerEntry(_LedgerEntry, total=False):
    figures_of: str
    reason: Literal["too_few_companies", "too_few_changes", "one_company_stands_out", "budget_spent"]
    method: str
    based_on_companies: int


class BenchmarkLedger(TypedDict):
    """What an industry's releases have cost its companies in privacy, the newest month first."""

    industry: str
    yearly_cap: float
    spent_last_12_months: float
    customer_epsilon_per_month: float
    entries: List[LedgerEntry]


class _Contribution(TypedDict):
    opted_in: bool
    status: Literal["off", "incomplete", "contributing"]
    approved: bool
    requirements: Dict[str, Dict[str, int]]
    missing: List[str]
    """What keeps the company from counting, in words."""
    shares: List[str]
    customer_epsilon_per_month: float


class Contribution(_Contribution, total=False):
    """A company's part in the benchmarks of its industry."""

    industry: str
    owner_group: str
    changed_at: str
    last_contribution: str


class BenchmarkRates(TypedDict):
    currency: str
    rates: Dict[str, float]


class HealthDay(TypedDict):
    day: str
    score: int
    risk_level: RiskLevel
    signals: List[str]
    open_tickets: int
    days_to_renewal: int
    weights_version: int
    source: Literal["said", "recomputed"]


AccountHealth = TypedDict(
    "AccountHealth", {"customer_id": str, "from": str, "to": str, "days": List[HealthDay]}
)
"""The oldest day first; each day holds until the next."""


class _HealthCases(TypedDict):
    risk_level: RiskLevel
    cases: int
    went_badly: int


class HealthCases(_HealthCases, total=False):
    share: float
    lower: float
    upper: float


class _HealthBacktest(TypedDict):
    horizon_days: int
    weights_version: int
    accounts: int
    cases: int
    went_badly: int
    outcomes: Dict[str, int]
    by_risk_level: List[HealthCases]
    enough: bool
    """Without it the numbers prove nothing."""
    reading: str


class HealthBacktest(_HealthBacktest, total=False):
    """The health score held against what happened later."""

    auc: float


class _Job(TypedDict):
    job_id: str
    kind: str
    status: Literal["queued", "running", "succeeded", "failed"]
    progress: int
    attempts: int


class Job(_Job, total=False):
    """Work that outlives a request, as it stands."""

    result: Dict[str, Any]
    """What came of it; only when it has ended."""


class StartedJob(TypedDict):
    jobId: str
    status: str


class ServerEvent(TypedDict):
    event: str
    data: Any
    """Parsed where it is JSON."""


Row = Mapping[str, Any]
Rows = Sequence[Row]
