"""Handlers: the workflows of apps, and their versions."""

from __future__ import annotations

from dify_sdk.console.apps.workflows import Publication, Workflows

from ...accounts import EDITORS
from ...apps.definitions import WORKFLOW_MODES
from ...refusals import invalid
from ...registry import OfModes, handles
from ...visit import Visit
from ...workflow.publishing import publish_draft


@handles(Workflows.publish, payload="PublishWorkflowPayload", roles=EDITORS, modes=OfModes(WORKFLOW_MODES))
def publish(visit: Visit, app_id: str, *, marked_name: str | None = None, marked_comment: str | None = None) -> Publication:
    if visit.app.draft is None:
        raise invalid("No valid workflow found.")
    marks = {"name": marked_name or "", "comment": marked_comment or ""}
    published = publish_draft(visit.world, visit.app, visit.app.draft, **marks, account_id=visit.account.id)
    return Publication(result="success", created_at=published.created_at)
