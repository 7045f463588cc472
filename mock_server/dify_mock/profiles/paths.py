"""The paths that the founding documents print, and the operation behind each. Most are the platform's own."""

from __future__ import annotations

from typing import Final

from dify_sdk._plan import PLACEHOLDER

SERVICE: Final = {
    ("GET", "/v1/parameters"): "service.app.parameters",
    ("GET", "/v1/meta"): "service.app.meta",
    ("POST", "/v1/workflows/run"): "service.workflows.run",
    ("GET", "/v1/workflows/run/{run_id}"): "service.workflows.runs.get",
    ("POST", "/v1/workflows/{workflow_id}/run"): "service.workflows.run_by_id",
    ("POST", "/v1/workflows/tasks/{task_id}/stop"): "service.workflows.stop",
    ("GET", "/v1/workflows/logs"): "service.workflows.logs.list",
    ("POST", "/v1/chat-messages"): "service.chat.send",
    ("POST", "/v1/chat-messages/{message_id}/stop"): "service.chat.stop",
    ("GET", "/v1/messages"): "service.messages.list",
    ("GET", "/v1/messages/{message_id}"): "service.messages.get",
    ("GET", "/v1/conversations"): "service.conversations.list",
    ("POST", "/v1/completion-messages"): "service.completion.send",
    ("POST", "/v1/completion-messages/{message_id}/stop"): "service.completion.stop",
    ("GET", "/v1/datasets"): "service.datasets.list",
    ("GET", "/v1/datasets/{dataset_id}/documents"): "service.datasets.documents.list",
    ("POST", "/v1/datasets/{dataset_id}/documents"): "service.datasets.documents.create_by_text",
    ("POST", "/v1/datasets/{dataset_id}/hit-testing"): "service.datasets.retrieve",
    ("POST", "/v1/files/upload"): "service.files.upload",
    ("GET", "/v1/files/{file_id}"): "service.files.get",
    ("DELETE", "/v1/files/{file_id}"): "service.files.delete",
    ("POST", "/v1/audio-to-text"): "service.audio.transcribe",
    ("POST", "/v1/text-to-audio"): "service.audio.synthesize",
}


WEB: Final = {
    ("POST", "/api/apps/{app_id}/completion-messages"): "web.completion.send",
    ("GET", "/api/apps/{app_id}/conversations"): "web.conversations.list",
    ("POST", "/api/completion-messages"): "web.completion.send",
    ("POST", "/api/chat-messages"): "web.chat.send",
    ("GET", "/api/conversations"): "web.conversations.list",
    ("POST", "/api/files/upload"): "web.files.upload",
    ("POST", "/api/remote-files/upload"): "web.remote_files.upload",
    ("POST", "/api/passport"): "web.passport.get",
    ("GET", "/api/site"): "web.app.site",
}


CONSOLE: Final = {
    ("GET", "/console/api/setup"): "console.setup.status",
    ("POST", "/console/api/setup"): "console.setup.create_admin",
    ("GET", "/console/api/ping"): "console.ping",
    ("GET", "/console/api/version"): "console.version",
    ("GET", "/console/api/features"): "console.features.get",
    ("POST", "/console/api/login"): "console.login",
    ("POST", "/console/api/logout"): "console.logout",
    ("POST", "/console/api/forgot-password"): "console.forgot_password.send_code",
    ("GET", "/console/api/oauth"): "console.oauth.login",
    ("POST", "/console/api/oauth/login"): "console.oauth.login",
    ("GET", "/console/api/account"): "console.account.get",
    ("GET", "/console/api/workspaces/current"): "console.workspace.get_summary",
    ("GET", "/console/api/workspaces/members"): "console.members.list",
    ("POST", "/console/api/workspaces/members"): "console.members.invite",
    ("GET", "/console/api/model-providers"): "console.model_providers.list",
    ("POST", "/console/api/model-providers"): "console.model_providers.credentials.create",
    ("GET", "/console/api/workspaces/current/model-providers"): "console.model_providers.list",
    ("GET", "/console/api/workspaces/current/model-providers/{provider}"): "console.model_providers.credentials.get",
    ("GET", "/console/api/files/upload"): "console.files.get_upload_config",
    ("POST", "/console/api/files/upload"): "console.files.upload",
    ("GET", "/console/api/files/{file_id}/preview"): "console.files.preview",
    ("GET", "/console/api/files/support-type"): "console.files.get_supported_types",
    ("GET", "/console/api/remote-files/{url}"): "console.remote_files.get",
    ("POST", "/console/api/remote-files/upload"): "console.remote_files.upload",
    ("GET", "/console/api/apps"): "console.apps.list",
    ("POST", "/console/api/apps"): "console.apps.create",
    ("GET", "/console/api/apps/{app_id}"): "console.apps.get",
    ("PUT", "/console/api/apps/{app_id}"): "console.apps.update",
    ("DELETE", "/console/api/apps/{app_id}"): "console.apps.delete",
    ("POST", "/console/api/apps/{app_id}/copy"): "console.apps.copy",
    ("GET", "/console/api/apps/{app_id}/messages"): "console.apps.messages.list",
    ("GET", "/console/api/apps/{app_id}/conversations"): "console.apps.chat.conversations.list",
    ("GET", "/console/api/apps/{app_id}/workflows"): "console.apps.workflows.list",
    ("PATCH", "/console/api/apps/{app_id}/workflows/{workflow_id}"): "console.apps.workflows.update",
    ("POST", "/console/api/apps/{app_id}/workflows/publish"): "console.apps.workflows.publish",
    ("GET", "/console/api/apps/{app_id}/workflows/draft"): "console.apps.draft.get",
    ("PUT", "/console/api/apps/{app_id}/workflows/draft"): "console.apps.draft.update",
    ("POST", "/console/api/apps/{app_id}/workflows/draft/run"): "console.apps.draft.run",
    ("POST", "/console/api/apps/{app_id}/workflows/draft/nodes/{node_id}/run"): "console.apps.draft.nodes.run",
    ("GET", "/console/api/datasets"): "console.datasets.list",
    ("POST", "/console/api/datasets"): "console.datasets.create",
    ("GET", "/console/api/datasets/{dataset_id}"): "console.datasets.get",
    ("GET", "/console/api/datasets/{dataset_id}/documents"): "console.datasets.documents.list",
    ("POST", "/console/api/datasets/{dataset_id}/documents"): "console.datasets.documents.create",
    ("GET", "/console/api/datasets/{dataset_id}/documents/{document_id}"): "console.datasets.documents.get",
    ("GET", "/console/api/datasets/{dataset_id}/segments"): "console.datasets.segments.list",
    ("POST", "/console/api/datasets/{dataset_id}/segments"): "console.datasets.segments.create",
}
"""Those whose operations are not declared yet are not served."""


def laid(printed: str, declared: str) -> str:
    """A printed path with the placeholders of the operation's own, which may have other names.

    What stands before them is the app. What the printed path has no place for, the request says otherwise.
    """
    own = [found[0] for found in PLACEHOLDER.finditer(declared)]
    named = PLACEHOLDER.findall(printed)
    more = max(len(named) - len(own), 0)
    own = [f"{{{name}:uuid}}" for name, _ in named[:more]] + own
    return PLACEHOLDER.sub(lambda _: own.pop(0), printed)
