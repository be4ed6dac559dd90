"""The closed word lists that rows, events and channels share; values are never renamed."""

from enum import StrEnum


class Channel(StrEnum):
    """How somebody reached the city."""

    WEB = "web"
    APP = "app"
    OPEN311 = "open311"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    FAX = "fax"
    CHAT = "chat"
    SOCIAL = "social"
    DESK = "desk"
    OUTREACH = "outreach"
    STAFF = "staff"
    IMPORT = "import"


class InteractionKind(StrEnum):
    REQUEST = "request"
    INQUIRY = "inquiry"
    STATUS_CHECK = "status_check"
    TRANSFER = "transfer"
    FEEDBACK = "feedback"


class DiscardReason(StrEnum):
    """Why a draft was put away without a case."""

    NOTHING_SAID = "nothing_said"
    TAKEN_ALREADY = "taken_already"
    NOT_FOR_US = "not_for_us"
    WRONG_NUMBER = "wrong_number"
    SPAM = "spam"
    TEST = "test"


class Privacy(StrEnum):
    """Of a service, and so of its cases."""

    PUBLIC = "public"
    PRIVATE = "private"
    SENSITIVE = "sensitive"


class ServiceKind(StrEnum):
    """How Open311 answers a new request: number at once, token first, or nothing."""

    REALTIME = "realtime"
    BATCH = "batch"
    BLACKBOX = "blackbox"


class Standing(StrEnum):
    """Of one reporter's case."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """Why an incident was closed."""

    FIXED = "fixed"
    NO_PROBLEM_FOUND = "no_problem_found"
    NOT_OURS = "not_ours"
    CANNOT_ACT = "cannot_act"
    PLANNED = "planned"
    INFORMATION_GIVEN = "information_given"
    INVALID = "invalid"
    WITHDRAWN = "withdrawn"
    NOT_RECORDED = "not_recorded"

    @property
    def needs_detail(self) -> bool:
        """Not ours: whose. Cannot act: why. Planned: when."""
        return self in {Outcome.NOT_OURS, Outcome.CANNOT_ACT, Outcome.PLANNED}

    @property
    def claims_work(self) -> bool:
        """Says that somebody went there: to mend it, or to look and find nothing."""
        return self in {Outcome.FIXED, Outcome.NO_PROBLEM_FOUND}

    @property
    def keeps_promise(self) -> bool:
        """What was promised is done: a plan, a refusal or a hand-over is not that."""
        return self.claims_work or self is Outcome.INFORMATION_GIVEN

    @property
    def is_for_staff(self) -> bool:
        """Withdrawal and import set their outcomes themselves; staff choose from the rest."""
        return self not in {Outcome.WITHDRAWN, Outcome.NOT_RECORDED}


class Severity(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Origin(StrEnum):
    """Where an event came from: only live ones notify, escalate and fire webhooks."""

    LIVE = "live"
    IMPORT = "import"
    DEMO = "demo"


class Visibility(StrEnum):
    """Who may read an event: anyone, the people whose case it is, or staff."""

    PUBLIC = "public"
    REPORTER = "reporter"
    STAFF = "staff"


class StreamKind(StrEnum):
    INCIDENT = "incident"
    DISRUPTION = "disruption"
    ADMINISTRATION = "administration"


class WorkOrderKind(StrEnum):
    INSPECTION = "inspection"
    REPAIR = "repair"
    FOLLOW_UP = "follow_up"


class WorkOrderState(StrEnum):
    READY = "ready"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in {WorkOrderState.READY, WorkOrderState.SENT, WorkOrderState.FAILED}


class DisputeState(StrEnum):
    REQUESTED = "requested"
    UPHELD = "upheld"
    DECLINED = "declined"


class Target(StrEnum):
    """The three promises a service may make."""

    ACKNOWLEDGE = "acknowledge"
    UPDATE = "update"
    RESOLVE = "resolve"


class Counting(StrEnum):
    """Whether hours run always or only while the calendar is open."""

    ELAPSED = "elapsed"
    BUSINESS = "business"


class QuestionType(StrEnum):
    """The six datatypes of Open311 attributes."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLEVALUELIST = "singlevaluelist"
    MULTIVALUELIST = "multivaluelist"


class LocationPrecision(StrEnum):
    """What the stored point means: the spot, or the middle of something larger."""

    POINT = "point"
    AREA = "area"
    CITY = "city"


class HazardLevel(StrEnum):
    NONE = "none"
    ASK = "ask"
    STOP = "stop"


class EventKind(StrEnum):
    """Every fact that can stand in a stream."""

    # an incident and its cases
    RECEIVED = "received"
    JOINED = "joined"
    ROUTED = "routed"
    ACKNOWLEDGED = "acknowledged"
    ASSIGNED = "assigned"
    TRANSFERRED = "transferred"
    STARTED = "started"
    WAITED = "waited"
    RESUMED = "resumed"
    NOTED = "noted"
    ADDED_TO = "added_to"
    ASKED = "asked"
    ANSWERED = "answered"
    QUESTION_LAPSED = "question_lapsed"
    WORK_ORDERED = "work_ordered"
    WORK_CHANGED = "work_changed"
    SERVICE_CHANGED = "service_changed"
    PLACE_CORRECTED = "place_corrected"
    SEVERITY_SET = "severity_set"
    EXPECTED_SET = "expected_set"
    RELATED = "related"
    REDACTED = "redacted"
    SPLIT_OFF = "split_off"
    SPLIT_FROM = "split_from"
    MERGED_INTO = "merged_into"
    MERGED_FROM = "merged_from"
    UNMERGED_OUT = "unmerged_out"
    UNMERGED_BACK = "unmerged_back"
    FOLLOWED = "followed"
    UNFOLLOWED = "unfollowed"
    RATED = "rated"
    SURVEY_ASKED = "survey_asked"
    DISPUTED = "disputed"
    DISPUTE_UPHELD = "dispute_upheld"
    DISPUTE_DECLINED = "dispute_declined"
    WITHDRAWN = "withdrawn"
    CLAIMED = "claimed"
    CLOSED = "closed"
    REOPENED = "reopened"
    CLOCK_WARNED = "clock_warned"
    CLOCK_BREACHED = "clock_breached"
    CONTACT_OPENED = "contact_opened"
    EVIDENCE_ATTACHED = "evidence_attached"
    PICTURES_JUDGED = "pictures_judged"
    # a disruption
    DISRUPTION_COMPOSED = "disruption_composed"
    DISRUPTION_CHANGED = "disruption_changed"
    DISRUPTION_STARTED = "disruption_started"
    DISRUPTION_TIED = "disruption_tied"
    DISRUPTION_ENDED = "disruption_ended"
    # the administration of a jurisdiction
    PACK_LOADED = "pack_loaded"
    RULE_DISABLED = "rule_disabled"
    ROOT_SEALED = "root_sealed"
    COLLEAGUE_INVITED = "colleague_invited"
    ROLES_SET = "roles_set"
    ABSENCE_SET = "absence_set"
    COLLEAGUE_LEFT = "colleague_left"
    COLLEAGUE_BACK = "colleague_back"
    PASSWORD_RESET = "password_reset"  # noqa: S105  # the name of a fact
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105  # the name of a fact
