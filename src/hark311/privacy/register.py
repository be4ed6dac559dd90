"""The privacy class of every field of every table; a field without one fails the build.

PUBLIC      may stand on public pages and in open data, once its row may be shown at all
INTERNAL    for staff of the jurisdiction
PERSONAL    tells who a person is or how to reach them, or is in their own words: masked for
            staff until opened, never public, never in a log
SECRET      opens something: never shown to anybody, never in a log

Whether a row may be shown is for the case's privacy (public, private, sensitive) to say.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class FieldClass(StrEnum):
    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SECRET = "secret"


def _fields(
    public: str = "", internal: str = "", personal: str = "", secret: str = ""
) -> Mapping[str, FieldClass]:
    named = {
        FieldClass.PUBLIC: public,
        FieldClass.INTERNAL: internal,
        FieldClass.PERSONAL: personal,
        FieldClass.SECRET: secret,
    }
    return MappingProxyType({name: kind for kind, names in named.items() for name in names.split()})


# Table -> field -> class. In the order of the layers.
REGISTER: Mapping[str, Mapping[str, FieldClass]] = MappingProxyType(
    {
        "platform.deployment": _fields(internal="id is_demo made_at"),
        "government.jurisdiction": _fields(
            public="id key names zone languages hosts contact hue center_lon center_lat is_default"
            " is_demo settings ground_version",
            internal="pack_digest",
        ),
        "government.department": _fields(public="id jurisdiction code names contact is_active"),
        "government.calendar": _fields(
            public="id jurisdiction code week holiday_country holiday_subdivision extra_closed_on"
            " open_anyway"
        ),
        "government.queue": _fields(
            public="id jurisdiction department calendar code names",
            internal="escalates_to is_fallback is_sensitive is_active",
        ),
        "government.account": _fields(
            internal="id language is_active joined_at last_login spoken absent_from absent_to",
            personal="email name",
            secret="password",
        ),
        "government.staffrole": _fields(internal="id account jurisdiction department queue role"),
        "government.savedview": _fields(
            internal="id jurisdiction account department name queue_code query position is_default"
        ),
        "access.apikey": _fields(
            internal="id jurisdiction name scopes per_minute is_demo created_at revoked_at",
            secret="digest",
        ),
        "access.allowance": _fields(internal="id subject minute used"),
        "access.contactreading": _fields(internal="id jurisdiction account case_number at reason"),
        "catalog.kepttext": _fields(
            internal="id jurisdiction code version is_current department made_by made_at names"
            " texts uses services states"
        ),
        "catalog.servicedefinition": _fields(
            public="id jurisdiction code position is_active current"
        ),
        "catalog.serviceversion": _fields(
            public="id service version department queue kind privacy content created_at",
            internal="digest",
        ),
        "catalog.routingrule": _fields(
            internal="id jurisdiction position name queue_code conditions is_active"
        ),
        "places.area": _fields(
            public="id jurisdiction layer code names words shape center_lon center_lat"
            " is_schematic source valid_from valid_to"
        ),
        "places.street": _fields(
            public="id jurisdiction key name words parts lon lat is_main is_schematic source"
        ),
        "places.spot": _fields(
            public="id jurisdiction kind key names words street number lon lat shape is_schematic"
            " source"
        ),
        "people.person": _fields(
            internal="id jurisdiction account language wants_updates created_at",
            personal="name email phone",
        ),
        "people.noticewish": _fields(
            internal="id account jurisdiction channel is_on language topics", personal="address"
        ),
        "people.addressproof": _fields(
            internal="id jurisdiction account tries sent_at expires_at used_at",
            personal="address",
            secret="code_digest",
        ),
        "answers.article": _fields(
            public="id jurisdiction code version is_current department topic titles questions texts"
            " services hotline often review_on is_sample made_at",
            internal="made_by vectors vectors_by",
        ),
        "answers.articleopinion": _fields(
            internal="id jurisdiction code language on helped failed"
        ),
        "answers.openquestion": _fields(
            internal="id jurisdiction language times first_at last_at settled_at",
            personal="words key",
        ),
        "disruptions.disruption": _fields(
            public="id jurisdiction version titles texts gravity services areas lon lat radius_m"
            " starts_at until_at ended_at end_texts is_sample created_at updated_at",
            internal="incident_id made_by",
        ),
        "outreach.meeting": _fields(
            public="id jurisdiction kind title area place about starts_at ends_at attended"
            " is_cancelled updated_at",
            internal="made_by",
        ),
        "outreach.meetingquestion": _fields(internal="id meeting asked_at", personal="text answer"),
        "outreach.meetingrow": _fields(
            internal="id meeting key position fault case_number", personal="content"
        ),
        "posts.post": _fields(
            internal="id jurisdiction version language fact_owner made_by made_at state publish_at"
            " approved_by approved_at networks texts crawl fact fact_until picture alternative"
            " is_wordless alert_id",
        ),
        "posts.postagreement": _fields(internal="id post department agreed_by agreed_at"),
        "posts.postdelivery": _fields(
            internal="id post network state attempts next_try_at key address failure"
        ),
        "posts.poststep": _fields(internal="id post kind at account note"),
        "contacts.interaction": _fields(
            internal="id jurisdiction reference channel kind language started_at ended_at handler"
            " outcome handed_to case_number body_digest receipt",
            personal="source_key",
        ),
        "contacts.message": _fields(
            internal="id interaction is_inbound at handled_at handled_by claimed_by claimed_at",
            personal="text media_urls original_key",
        ),
        "contacts.ticket": _fields(
            public="id jurisdiction day place need state counter",
            internal="interaction interpreter called_by taken_at called_at ended_at",
        ),
        "contacts.draft": _fields(
            internal="id interaction state claimed_by claimed_at version reason finished_at"
            " created_at",
            personal="content",
        ),
        "contacts.conversation": _fields(
            internal="id interaction jurisdiction channel turn changed_at ended_at",
            personal="key state answer",
        ),
        "contacts.call": _fields(
            internal="id interaction jurisdiction is_relay interpreter line waiting_since"
            " taken_at taken_by ended_at after_code",
            personal="caller ring",
        ),
        "contacts.textconsent": _fields(
            internal="id jurisdiction is_on language source at", personal="phone"
        ),
        "contacts.tally": _fields(internal="id jurisdiction channel name on count"),
        "contacts.incomingfile": _fields(
            internal="id interaction kind content_type state attempts next_try_at created_at",
            personal="source_url storage_key",
        ),
        "contacts.delivery": _fields(internal="id channel digest at"),
        "contacts.mention": _fields(
            internal="id interaction network is_public told_at",
            personal="author author_name post address",
        ),
        "contacts.socialanswer": _fields(
            internal="id mention message is_public state attempts next_try_at failure",
            personal="key",
        ),
        "cases.incident": _fields(
            public="id jurisdiction service service_version state waiting_for waiting_note outcome"
            " outcome_detail closing_text department queue lon lat precision areas opened_at"
            " address acknowledged_at closed_at updated_at expected_on due_at follows public_note"
            " active_cases",
            internal="warn_at severity assignee is_sensitive merged_into why_here asked_again"
            " survey_at origin",
        ),
        "cases.membership": _fields(internal="id case incident is_sensitive from_at to_at"),
        "cases.workorder": _fields(
            internal="id incident department queue kind state text result reason created_at"
            " changed_at"
        ),
        "cases.relation": _fields(internal="id incident other created_at"),
        "cases.follow": _fields(internal="id incident case person from_at to_at"),
        "cases.attachment": _fields(
            internal="id jurisdiction case incident kind storage_key content_type size digest"
            " is_evidence state created_at"
        ),
        "cases.case": _fields(
            public="id jurisdiction number service_version privacy standing public_text media_urls"
            " lon lat precision areas opened_at updated_at incident address address_id",
            internal="foreign_number person interaction channel language is_sensitive hazard"
            " origin",
            personal="description answers",
        ),
        "cases.promise": _fields(public="id case service_version text made_at superseded_at"),
        "cases.clock": _fields(
            public="id promise case calendar target counting hours state started_at due_at met_at"
            " paused_at pauses",
            internal="warn_at warned_at breached_at",
        ),
        "cases.question": _fields(
            internal="id case state asked_by asked_at due_at answered_at", personal="text answer"
        ),
        "cases.dispute": _fields(
            internal="id case incident state requested_at answer_by answered_at",
            personal="text answer",
        ),
        "cases.rating": _fields(internal="id case stars is_fixed at", personal="comment"),
        "cases.event": _fields(
            public="id jurisdiction stream_kind stream_id sequence kind at digest body_digest",
            internal="actor_kind actor_account case_id visibility origin",
        ),
        "cases.eventbody": _fields(internal="event", personal="payload", secret="salt"),
        "cases.eventfeed": _fields(internal="position event"),
        "cases.readerposition": _fields(internal="name position"),
        "cases.mappin": _fields(
            public="case jurisdiction service is_open is_exact lon lat opened_at areas"
        ),
        "cases.mapcell": _fields(public="id jurisdiction level x y service_id is_open count"),
        "cases.dailyroot": _fields(public="id jurisdiction on events root"),
        "notifications.notice": _fields(
            internal="id jurisdiction event case person kind channel language subject state reason"
            " attempts next_try_at message_id created_at sent_at"
        ),
    }
)
