"""Tables of the governments that answer, how they are organised, and who works there."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Jurisdiction(models.Model):
    """A government that answers for its own cases; nothing ever crosses to another."""

    key = models.CharField(max_length=80, unique=True)
    names = models.JSONField(default=dict)
    zone = models.CharField(max_length=60, default="UTC")
    languages = models.JSONField(default=list)
    hosts = models.JSONField(default=list)
    contact = models.CharField(max_length=200, blank=True)
    hue = models.PositiveSmallIntegerField(default=220)
    center_lon = models.FloatField()
    center_lat = models.FloatField()
    is_default = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    # What the pack says beyond tables: hotlines, pathways, neighbors, labels, message templates.
    settings = models.JSONField(default=dict)
    pack_digest = models.CharField(max_length=64, blank=True)
    # Counts loads that changed areas, streets or addresses; what was drawn of them is then old.
    ground_version = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="jurisdiction_one_default",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Department(models.Model):
    """A part of a government that works incidents."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    code = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    contact = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="department_code")
        ]

    def __str__(self) -> str:
        return self.code


class Calendar(models.Model):
    """When an office is open: weekday spans, holidays by country and the city's own days."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    code = models.CharField(max_length=60)
    # {"0": [[420, 1140]], ...}: Monday is 0, minutes since local midnight, 1440 closes at midnight.
    week = models.JSONField(default=dict)
    holiday_country = models.CharField(max_length=2, blank=True)
    holiday_subdivision = models.CharField(max_length=10, blank=True)
    extra_closed_on = models.JSONField(default=list)
    # Holidays that are worked all the same.
    open_anyway = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="calendar_code")
        ]

    def __str__(self) -> str:
        return self.code


class Queue(models.Model):
    """The list a department works from."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    department = models.ForeignKey(Department, models.PROTECT)
    calendar = models.ForeignKey(Calendar, models.PROTECT)
    code = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    escalates_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    is_fallback = models.BooleanField(default=False)
    is_sensitive = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction", "code"], name="queue_code"),
            models.UniqueConstraint(
                fields=["jurisdiction"],
                condition=models.Q(is_fallback=True),
                name="queue_one_fallback",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class AccountManager(BaseUserManager["Account"]):
    """Lets Django look an account up by its e-mail address."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who signs in: staff by password, residents by a link sent to them."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    # Of staff: codes of the languages they speak with people, and when they are away.
    spoken = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    absent_from = models.DateField(null=True, blank=True)
    absent_to = models.DateField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return f"account {self.pk}"


class StaffRole(models.Model):
    """What an account may do in one jurisdiction: in a queue, a department, or in all of them."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="staff_roles")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    # Of that department, where the role holds in one queue only.
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, blank=True)
    # A value of domain.actor.Role.
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "jurisdiction", "department", "queue", "role"],
                nulls_distinct=False,
                name="staff_role_once_each",
            ),
            models.CheckConstraint(
                condition=models.Q(queue__isnull=True) | models.Q(department__isnull=False),
                name="staff_role_of_queue_names_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.jurisdiction_id}"


class SavedView(models.Model):
    """A list as somebody narrowed it, kept under a name: by one person, or for a department."""

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=60)
    # The code of the queue it lists, "" for all queues of whoever looks; and what narrows it.
    queue_code = models.CharField(max_length=60, blank=True)
    query = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField()
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=True) ^ models.Q(department__isnull=True),
                name="saved_view_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "account", "department", "name"],
                nulls_distinct=False,
                name="saved_view_name",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "account", "department"],
                condition=models.Q(is_default=True),
                nulls_distinct=False,
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"
