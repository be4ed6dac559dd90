"""The addresses of the workspace."""

from django.urls import path

from hark311.console import (
    call_ends,
    call_views,
    deed_views,
    design,
    inbox_views,
    incident_views,
    live_views,
    new_views,
    oversight_views,
    search_views,
    sign_in,
    text_views,
)
from hark311.console.queue import bulk_views, home, kept_views, workload_views
from hark311.console.queue import views as queue_views

app_name = "console"

urlpatterns = [
    path("design", design.design, name="design"),
    path("", home.home, name="home"),
    path("live", live_views.live, name="live"),
    path("queues", queue_views.queues, name="queues"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("queues/<slug:code>", queue_views.queue, name="queue"),
    path("bulk/<slug:code>", bulk_views.bulk, name="bulk"),
    path("views", kept_views.kept, name="views"),
    path("views/keep", kept_views.keep, name="keep_view"),
    path("views/<int:view_id>", kept_views.change, name="change_view"),
    path("workload", workload_views.people, name="workload"),
    path("incidents/<int:incident_id>", incident_views.incident, name="incident"),
    path("incidents/<int:incident_id>/<slug:code>", deed_views.deed, name="deed"),
    path("cases/<int:case_id>/contact", incident_views.contact, name="contact"),
    path("pictures/<int:attachment_id>", incident_views.picture, name="picture"),
    path("texts", text_views.texts, name="texts"),
    path("texts/new", text_views.new_text, name="new_text"),
    path("texts/<int:text_id>", text_views.text, name="text"),
    path("texts/<int:text_id>/retire", text_views.retire, name="retire_text"),
    path("desk", call_views.start, name="desk"),
    path("desk/<int:draft_id>", call_views.call, name="call"),
    path("desk/<int:draft_id>/caller", call_views.choose_caller, name="call_caller"),
    path("desk/<int:draft_id>/done", call_views.done, name="call_done"),
    path("desk/<int:draft_id>/end", call_ends.end, name="call_end"),
    path("desk/<int:draft_id>/hand-over", call_ends.hand_over, name="call_hand_over"),
    path("desk/<int:draft_id>/kept", call_views.kept, name="call_kept"),
    path("desk/<int:draft_id>/over", call_views.over, name="call_over"),
    path("desk/<int:draft_id>/put-back", call_ends.put_back, name="call_put_back"),
    path("inbox", inbox_views.inbox, name="inbox"),
    path("inbox/drafts/<int:draft_id>", inbox_views.draft, name="draft"),
    path("inbox/drafts/<int:draft_id>/claim", inbox_views.claim, name="claim_draft"),
    path("inbox/drafts/<int:draft_id>/release", inbox_views.release, name="release_draft"),
    path("inbox/drafts/<int:draft_id>/discard", call_ends.discard, name="discard_draft"),
    path("inbox/messages/<int:message_id>", inbox_views.handle, name="handle_message"),
    path("inbox/messages/<int:message_id>/attach", inbox_views.attach, name="attach_message"),
    path("inbox/messages/<int:message_id>/claim", inbox_views.claim_words, name="claim_message"),
    path(
        "inbox/messages/<int:message_id>/release",
        inbox_views.release_words,
        name="release_message",
    ),
    path("new", new_views.new, name="new"),
    path("new/<str:number>", new_views.done, name="new_done"),
    path("inquiry", new_views.inquiry, name="inquiry"),
    path("hand-over", new_views.hand_over, name="hand_over"),
    path("search", search_views.search, name="search"),
    path("late", oversight_views.late, name="late"),
    path("routing", oversight_views.routing, name="routing"),
]
