"""Tables of the people who report: who they are and how to reach them."""

from django.db import models

from hark311.government.models import Account, Jurisdiction


class Person(models.Model):
    """One reporter or follower, as given on one occasion; never joined by guesswork.

    Two cases with the same e-mail address are two rows until the address is proved;
    then both carry the account that proved it.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="en")
    wants_updates = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["jurisdiction", "email"],
                condition=~models.Q(email=""),
                name="person_email",
            ),
            models.Index(
                fields=["jurisdiction", "phone"],
                condition=~models.Q(phone=""),
                name="person_phone",
            ),
            models.Index(
                fields=["account"], condition=models.Q(account__isnull=False), name="person_account"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class AddressProof(models.Model):
    """A short code sent to an address to prove that it is read by who claims it."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True)
    address = models.CharField(max_length=254)
    code_digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"proof {self.pk}"


class NoticeWish(models.Model):
    """What an account wants to be told in one city by one channel (domain.wishes)."""

    account = models.ForeignKey(Account, models.CASCADE)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    # email, sms, post
    channel = models.CharField(max_length=10)
    is_on = models.BooleanField(default=True)
    # "" for the address that was given with each report.
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10)
    # progress, closing, survey: those that are wanted.
    topics = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "jurisdiction", "channel"], name="wish_once_a_channel"
            )
        ]

    def __str__(self) -> str:
        return f"wish {self.pk}"
