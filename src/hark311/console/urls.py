"""The addresses of the workspace."""

from django.urls import path

from hark311.console import (
    call_ends,
    call_views,
    deed_views,
    inbox_views,
    incident_views,
    new_views,
    oversight_views,
    queue_views,
    search_views,
    sign_in,
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
