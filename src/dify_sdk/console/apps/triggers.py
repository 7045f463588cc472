"""Console: what begins the runs of a published workflow."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ..._endpoint import GET, POST, M, Resource
from ..._models import Model


class Triggers(Resource[M], area="console.apps.triggers", key="session"):
    """What begins the runs of a published workflow: webhooks, events of plugins, schedules."""

    @GET("/apps/{app_id:uuid}/triggers", since="1.13")
    def list(self, app_id: str) -> TriggerList:
        """List the triggers of a workflow, as it is published.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: No such app, or it is no workflow.
        """
        ...

    @POST("/apps/{app_id:uuid}/trigger-enable", repeatable=True, since="1.13")
    def set_enabled(self, app_id: str, *, trigger_id: str, enable_trigger: bool) -> Trigger:
        """Switch a trigger on or off; one that is off begins nothing.

        Args:
            app_id: The app.
            trigger_id: The trigger.
            enable_trigger: Whether it is to be on.

        Raises:
            NotFoundError: The app has no such trigger.
            PermissionDeniedError: The account may not.
        """
        ...

    @GET("/apps/{app_id:uuid}/workflows/triggers/webhook", since="1.13")
    def get_webhook(self, app_id: str, *, node_id: str) -> Webhook:
        """Tell where a webhook is called, of what is published or being edited.

        Args:
            app_id: The app.
            node_id: The node that the webhook begins at.

        Raises:
            NotFoundError: There is no webhook at this node.
        """
        ...


TriggerType: TypeAlias = Literal["trigger-webhook", "trigger-plugin", "trigger-schedule"]
TriggerStatus: TypeAlias = Literal["enabled", "disabled", "unauthorized", "rate_limited"]


class Trigger(Model):
    """A trigger of a published workflow."""

    id: str
    trigger_type: TriggerType | str
    title: str
    node_id: str
    provider_name: str | None = None
    icon: str | None = None
    status: TriggerStatus | str
    created_at: str | None = None
    updated_at: str | None = None


class TriggerList(Model):
    """All triggers of a workflow, newest first."""

    data: list[Trigger]


class Webhook(Model):
    """Where a webhook is called. Whoever has the address may; the one for debugging works while an editor listens."""

    id: str
    webhook_id: str
    webhook_url: str
    webhook_debug_url: str
    node_id: str
    created_at: str | None = None
