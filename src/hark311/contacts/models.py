"""Tables of the one contact log: every touch, its messages, and drafts waiting for a person."""

from django.db import models

from hark311.government.models import Account, Jurisdiction


class Interaction(models.Model):
    """One touch on one channel; also the memory that makes a repeated message harmless."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    reference = models.CharField(max_length=16, unique=True)
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10, default="en")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    handler = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    # Where the person was handed over to during it: a hotline's number or a department's code.
    handed_to = models.CharField(max_length=60, blank=True, db_default="")
    # The case it led to or was about; contacts lies below cases, so the number is the link.
    case_number = models.CharField(max_length=16, blank=True)
    # Provider id or Idempotency-Key; null once its 30 days are over.
    source_key = models.CharField(max_length=200, null=True, blank=True)
    body_digest = models.CharField(max_length=64, blank=True)
    receipt = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "channel", "source_key"],
                condition=models.Q(source_key__isnull=False),
                name="interaction_source_key",
            )
        ]
        indexes = [
            models.Index(
                fields=["case_number"],
                condition=~models.Q(case_number=""),
                name="interaction_case_number",
            ),
            models.Index(fields=["jurisdiction", "-started_at"], name="interaction_started"),
        ]

    def __str__(self) -> str:
        return self.reference


class Message(models.Model):
    """Words said in an interaction, by the person or by the city."""

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="messages")
    is_inbound = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    media_urls = models.JSONField(default=list)
    # Where the message as it came is kept, byte for byte; "" where these words are all of it.
    original_key = models.CharField(max_length=100, blank=True, db_default="")
    at = models.DateTimeField()
    # Staff have seen to it; an inbound message that is not is in the inbox.
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Who is about to see to it, and since when; a claim ends by itself (contacts.claims).
    claimed_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(handled_at__isnull=True, is_inbound=True),
                name="message_unhandled",
            )
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Draft(models.Model):
    """A case not yet confirmed: a fax, a stranger's mail, a dropped call, a mention."""

    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="draft")
    # Fields of domain.draft.IntakeDraft as read by the adapter, corrected by agents.
    content = models.JSONField(default=dict)
    # open, claimed, confirmed, discarded
    state = models.CharField(max_length=20, default="open")
    claimed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    # Also when it was last written to by who holds it: a claim ends some time after that.
    claimed_at = models.DateTimeField(null=True, blank=True)
    # Counts what was kept, so that an older window does not write over a newer one.
    version = models.PositiveIntegerField(default=0, db_default=0)
    # A value of domain.vocabulary.DiscardReason.
    reason = models.CharField(max_length=20, blank=True, db_default="")
    finished_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["finished_at"],
                condition=models.Q(finished_at__isnull=False),
                name="draft_finished",
            ),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["open", "claimed"]),
                name="draft_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Conversation(models.Model):
    """A talk with the machine on a channel that goes turn by turn, as far as it has come."""

    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="conversation")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    channel = models.CharField(max_length=20)
    # By which the next message is known to belong to it: the id of a call, a telephone number.
    key = models.CharField(max_length=80)
    # Where the person is, and what they have said so far.
    state = models.JSONField(default=dict)
    # Counts the answers given; a request for an older one is a repeat and gets the last again.
    turn = models.PositiveIntegerField(default=0)
    answer = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "channel", "key"],
                condition=models.Q(ended_at__isnull=True),
                name="conversation_one_open",
            )
        ]
        indexes = [
            models.Index(fields=["channel", "key"], name="conversation_key"),
            models.Index(
                fields=["changed_at"],
                condition=models.Q(ended_at__isnull=True),
                name="conversation_open",
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Call(models.Model):
    """What is true of a telephone call alone: who calls, where they wait, who takes it."""

    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="call")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    caller = models.CharField(max_length=60, blank=True)
    is_relay = models.BooleanField(default=False)
    # The language of an interpreter who was added; '' without one.
    interpreter = models.CharField(max_length=10, blank=True)
    # The line on which they wait or waited, and since when.
    line = models.CharField(max_length=63, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    # The telephone of the agent that is rung for it.
    ring = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What the agent says it was about, after it.
    after_code = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["jurisdiction", "waiting_since"],
                condition=models.Q(waiting_since__isnull=False),
                name="call_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"call {self.pk}"


class TextConsent(models.Model):
    """Whether a telephone may be sent text messages: what its holder said last, and when."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    phone = models.CharField(max_length=40)
    is_on = models.BooleanField()
    language = models.CharField(max_length=10, default="en")
    # The word that was sent, or how else it came.
    source = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "phone"], name="text_consent_phone")
        ]

    def __str__(self) -> str:
        return f"text consent {self.pk}"


class Tally(models.Model):
    """How often something happened on a channel on a day: a menu was entered, a door refused."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True)
    channel = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    on = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "channel", "name", "on"],
                nulls_distinct=False,
                name="tally_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.name}: {self.count}"


class IncomingFile(models.Model):
    """A recording or picture that came with a touch, kept here or still at the provider."""

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="files")
    # recording, picture, page
    kind = models.CharField(max_length=20)
    # Where the provider holds it; '' for what was handed over with the message.
    source_url = models.CharField(max_length=2000, blank=True)
    storage_key = models.CharField(max_length=120, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    # waiting, kept, failed
    state = models.CharField(max_length=20, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=models.Q(state="waiting"), name="file_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Ticket(models.Model):
    """The place in the queue of somebody who walked in; its touch is the interaction."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="ticket")
    # Local day, and the how manieth of that day.
    day = models.DateField()
    place = models.PositiveIntegerField()
    # A value of domain.tickets.Need.
    need = models.CharField(max_length=20)
    # The language that an interpreter is wanted for, "" for none.
    interpreter = models.CharField(max_length=10, blank=True)
    # waiting, called, serving, served, no_show
    state = models.CharField(max_length=10, default="waiting")
    # Where its holder is called to, as the screen shows it.
    counter = models.CharField(max_length=20, blank=True)
    called_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "day", "place"], name="ticket_place_of_day"
            )
        ]

    def __str__(self) -> str:
        return f"ticket {self.pk}"


class Delivery(models.Model):
    """That a provider handed something in: by its digest a repeat is known for 30 days."""

    channel = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "digest"], name="delivery_once")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Mention(models.Model):
    """What is true of a touch on a social network alone: who wrote there, and how to answer."""

    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="mention")
    # A value of domain.social.Network.
    network = models.CharField(max_length=20)
    # By which the network knows who wrote, and the name that they show.
    author = models.CharField(max_length=200)
    author_name = models.CharField(max_length=200, blank=True)
    # Everybody can read it. post: what an answer in public answers. address: where it stands.
    is_public = models.BooleanField()
    post = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=500, blank=True)
    # The number of its case was told to who wrote.
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["network", "author"], name="mention_author"),
            models.Index(
                fields=["id"], condition=models.Q(told_at__isnull=True), name="mention_untold"
            ),
        ]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class SocialAnswer(models.Model):
    """Words of the city on their way to a social network."""

    mention = models.ForeignKey(Mention, models.PROTECT, related_name="answers")
    message = models.OneToOneField(Message, models.PROTECT, related_name="social_answer")
    is_public = models.BooleanField()
    # waiting, sent, failed
    state = models.CharField(max_length=20, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    failure = models.CharField(max_length=40, blank=True)
    # By which the network knows it once it is sent.
    key = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="social_answer_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"social answer {self.pk}"
