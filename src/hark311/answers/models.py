"""Tables of answers: articles by version, what readers thought of them, what nobody answers yet."""

from django.db import models

from hark311.government.models import Account, Department, Jurisdiction


class Article(models.Model):
    """One version of an answer; a change makes the next, so what people read stays known.

    One of the pack has no author; once staff changed it, the pack no longer writes it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    code = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    # False for older versions and for what was retired.
    is_current = models.BooleanField(default=True)
    department = models.ForeignKey(Department, models.PROTECT)
    # Code of a group of the catalog.
    topic = models.CharField(max_length=60, blank=True, default="")
    titles = models.JSONField(default=dict)
    # By language, other ways in which people ask for it.
    questions = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    services = models.JSONField(default=list)
    # Code of a hotline of the city; empty if there is nobody to call.
    hotline = models.CharField(max_length=60, blank=True, default="")
    # The higher, the more people ask it.
    often = models.PositiveSmallIntegerField(default=0)
    review_on = models.DateField()
    is_sample = models.BooleanField(default=False)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    made_at = models.DateTimeField()
    # What its titles and questions mean, as rows of half floats, and which model said so.
    vectors = models.BinaryField(null=True, blank=True)
    vectors_by = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "version"], name="article_version"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "code"],
                condition=models.Q(is_current=True),
                name="article_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class ArticleOpinion(models.Model):
    """How many said on a day that an article helped, and how many that it did not."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    code = models.CharField(max_length=80)
    language = models.CharField(max_length=12)
    on = models.DateField()
    helped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "code", "language", "on"], name="opinion_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.on}: {self.helped} of {self.helped + self.failed}"


class OpenQuestion(models.Model):
    """What people asked and found no answer to: masked, and only how often."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    # The words folded, so that the same question is counted once.
    key = models.CharField(max_length=200)
    language = models.CharField(max_length=12)
    words = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    # Null while it waits for an editor.
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "key", "language"], name="open_question_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.times} times: {self.words[:40]}"
