"""The addresses of the workspace."""

from django.urls import path

from hark311.console import (
    deed_views,
    inbox_views,
    incident_views,
    new_views,
    oversight_views,
    queue_views,
    search_views,
    sign_in,
    text_views,
)

app_name = "console"

urlpatterns = [
    path("", queue_views.queues, name="queues"),
    path("sign-in", sign_in.sign_in, name="sign_in"),
    path("sign-out", sign_in.sign_out, name="sign_out"),
    path("queues/<slug:code>", queue_views.queue, name="queue"),
    path("incidents/<int:incident_id>", incident_views.incident, name="incident"),
    path("incidents/<int:incident_id>/<slug:code>", deed_views.deed, name="deed"),
    path("cases/<int:case_id>/contact", incident_views.contact, name="contact"),
    path("pictures/<int:attachment_id>", incident_views.picture, name="picture"),
    path("texts", text_views.texts, name="texts"),
    path("texts/new", text_views.new_text, name="new_text"),
    path("texts/<int:text_id>", text_views.text, name="text"),
    path("texts/<int:text_id>/retire", text_views.retire, name="retire_text"),
    path("inbox", inbox_views.inbox, name="inbox"),
    path("inbox/drafts/<int:draft_id>", inbox_views.draft, name="draft"),
    path("inbox/drafts/<int:draft_id>/claim", inbox_views.claim, name="claim_draft"),
    path("inbox/drafts/<int:draft_id>/release", inbox_views.release, name="release_draft"),
    path("inbox/drafts/<int:draft_id>/discard", inbox_views.discard, name="discard_draft"),
    path("inbox/messages/<int:message_id>", inbox_views.handle, name="handle_message"),
    path("new", new_views.new, name="new"),
    path("new/<str:number>", new_views.done, name="new_done"),
    path("inquiry", new_views.inquiry, name="inquiry"),
    path("hand-over", new_views.hand_over, name="hand_over"),
    path("search", search_views.search, name="search"),
    path("late", oversight_views.late, name="late"),
    path("routing", oversight_views.routing, name="routing"),
]
