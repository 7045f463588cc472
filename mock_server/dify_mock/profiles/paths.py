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
    ("GET", "/console/api/account"): "console.account.get",
    ("GET", "/console/api/workspaces/current"): "console.workspace.get_summary",
    ("GET", "/console/api/workspaces/members"): "console.members.list",
    ("POST", "/console/api/workspaces/members"): "console.members.invite",
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
}
"""Those of areas that are not declared yet are not served; datasets, drafts and model providers stand in no row so far."""


def laid(printed: str, declared: str) -> str:
    """A printed path with the placeholders of the operation's own, which may have other names; what stands before them is the app."""
    own = [found[0] for found in PLACEHOLDER.finditer(declared)]
    more = len(PLACEHOLDER.findall(printed)) - len(own)
    if more < 0:
        raise ValueError(f"{printed} does not tell what {declared} needs")
    own = [f"{{{name}:uuid}}" for name, _ in PLACEHOLDER.findall(printed)[:more]] + own
    return PLACEHOLDER.sub(lambda _: own.pop(0), printed)
