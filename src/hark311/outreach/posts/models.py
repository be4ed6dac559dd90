"""Tables of messages that the city writes once and publishes on many networks."""

from django.db import models

from hark311.government.models import Account, Department, Jurisdiction


class Post(models.Model):
    """One message to everybody, from the first draft until it is taken back."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=10, default="en")
    # Who answers for what it says; null once they have left.
    fact_owner = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    # A value of domain.social.PostState.
    state = models.CharField(max_length=20, default="draft")
    # Null for as soon as it is approved.
    publish_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # Names of networks; texts by network, "" for all the others.
    networks = models.JSONField(default=list)
    texts = models.JSONField(default=dict)
    # The line that runs below a city channel; the line that agents and the telephone say.
    crawl = models.CharField(max_length=200, blank=True)
    fact = models.CharField(max_length=300, blank=True)
    fact_until = models.DateTimeField(null=True, blank=True)
    picture = models.CharField(max_length=100, blank=True)
    alternative = models.CharField(max_length=1000, blank=True)
    is_wordless = models.BooleanField(default=False)
    # The disruption that it tells of.
    alert_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["jurisdiction", "-made_at"], name="post_made"),
            models.Index(
                fields=["publish_at"],
                condition=models.Q(state="approved"),
                name="post_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class PostAgreement(models.Model):
    """A department that must agree before a post is published."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="agreements")
    department = models.ForeignKey(Department, models.PROTECT)
    agreed_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "department"], name="post_agreement_once")
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class PostDelivery(models.Model):
    """A post on one network: on its way there, there, or taken back."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="deliveries")
    network = models.CharField(max_length=20)
    # waiting, published, failed, leaving, taken_back
    state = models.CharField(max_length=20, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    # By which the network knows it, and where people see it.
    key = models.CharField(max_length=400, blank=True)
    address = models.CharField(max_length=500, blank=True)
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "network"], name="post_delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["waiting", "leaving"]),
                name="post_delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"post delivery {self.pk}"


class PostStep(models.Model):
    """What somebody did with a post, and when; rows are only added."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    # Null for what the machine did.
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["post", "id"], name="post_step_post")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
