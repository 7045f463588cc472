"""OpenAPI: apps and their runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, TypeAlias

from .._endpoint import GET, POST, M, Resource, area, flow
from .._models import Listing, Model
from .._params import Inputs, PageNumber, Upload, Uuid, Within
from .._steps import Steps, ask, finished
from ..shared.files import FileParam, FileType
from ..shared.forms import FormSubmission, HumanInputForm
from ..shared.imports import AppDsl as AppDsl, Dependencies as Dependencies, Dependency as Dependency
from ..shared.results import Result
from ..shared.runs import AppOutcome, AppRunning
from ..shared.uploads import UploadedFile, referenced


class AppFiles(Resource[M], area="openapi.apps.files", key="token"):
    """Files for runs."""

    @POST("/apps/{app_id}/files", status=201, since="1.16")
    def upload(self, app_id: str, *, file: Upload) -> UploadedFile:
        """Upload a file.

        Args:
            app_id: The app.
            file: A path, bytes, an open file or `(name, content, type)`. The server goes by the name's ending.

        Raises:
            BadRequestError: The server does not take such files, or it is too large.
        """
        ...

    @flow
    def upload_and_reference(self, app_id: str, *, file: Upload, type: FileType | None = None) -> Steps[FileParam]:
        """Upload a file and answer what `files=` of a call, or a file variable in `inputs=`, wants.

        Args:
            app_id: The app.
            file: A path, bytes, an open file or `(name, content, type)`.
            type: What the file is taken as; from its name where it is not given.

        Raises:
            BadRequestError: The server does not take such files, or it is too large.
        """
        return referenced((yield from ask(AppFiles.upload, app_id, file=file)), type)


class AppForms(Resource[M], area="openapi.apps.human_input_forms", key="token"):
    """Forms that paused runs wait for."""

    @GET("/apps/{app_id}/human-input-forms/{form_token}", since="1.16")
    def get(self, app_id: str, form_token: str) -> HumanInputForm:
        """Read a form.

        Args:
            app_id: The app.
            form_token: The form's token, from the event that tells of the pause.

        Raises:
            NotFoundError: No such form of this app.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
        """
        ...

    @POST("/apps/{app_id}/human-input-forms/{form_token}:submit", since="1.16")
    def submit(self, app_id: str, form_token: str, *, inputs: Mapping[str, Any], action: str) -> FormSubmission:
        """Fill a form; the run goes on. `stream.resume()` follows it.

        Args:
            app_id: The app.
            form_token: The form's token.
            inputs: A value for each field of the form, by its `output_variable_name`.
            action: The id of the button that is pressed.

        Raises:
            InvalidFormDataError: A field is missing, or there is no such button.
            FormSubmittedError: Somebody has answered it already.
            FormExpiredError: Its time is over.
        """
        ...


class Apps(Resource[M], area="openapi.apps", key="token"):
    """Apps and their runs."""

    @area
    def files(self) -> AppFiles[M]:
        """Files for runs."""
        return AppFiles(self._core)

    @area
    def human_input_forms(self) -> AppForms[M]:
        """Forms that paused runs wait for."""
        return AppForms(self._core)

    @GET.pages("/apps", since="1.16")
    def list(
        self,
        *,
        workspace_id: Annotated[str, Uuid()],
        page: PageNumber = 1,
        limit: Annotated[int, Within(1, 200)] = 20,
        mode: RunnableMode | None = None,
        name: Annotated[str | None, Within(most=200)] = None,
    ) -> Listing[AppRow]:
        """List the apps of a workspace.

        Args:
            workspace_id: The workspace.
            page: The page, from 1.
            limit: How many on a page, 1 to 200.
            mode: Only apps of this mode.
            name: A text in the name, up to 200 characters.

        Raises:
            PermissionDeniedError: The one who has signed in does not belong to the workspace.
        """
        ...

    @GET("/apps/{app_id}", since="1.16")
    def get(self, app_id: str, *, fields: str | None = None) -> AppDescription:
        """Describe an app.

        Args:
            app_id: The app.
            fields: Which parts to answer, with commas between them: `info`, `parameters`, `input_schema`.

        Raises:
            NotFoundError: There is no such app.
        """
        ...

    @GET("/apps/{app_id}/dependencies:check", since="1.16")
    def check_dependencies(self, app_id: str) -> Dependencies:
        """Tell which plugins an app needs and the workspace lacks.

        Args:
            app_id: The app.

        Raises:
            NotFoundError: There is no such app.
        """
        ...

    @GET("/apps/{app_id}/dsl", since="1.16")
    def export_dsl(self, app_id: str, *, include_secret: bool | None = None, workflow_id: Annotated[str | None, Uuid()] = None) -> AppDsl:
        """Export an app as YAML.

        Args:
            app_id: The app.
            include_secret: Whether secret variables go along.
            workflow_id: A published version, instead of the draft.

        Raises:
            NotFoundError: There is no such app or version.
        """
        ...

    @GET.stream("/apps/{app_id}/tasks/{workflow_run_id}/events", since="1.16")
    def events(
        self, app_id: str, workflow_run_id: str, *, include_state_snapshot: bool | None = None, continue_on_pause: bool | None = None
    ) -> AppRunning:
        """Follow a run that goes on already, or read the end of one that is over.

        Args:
            app_id: The app.
            workflow_run_id: The run, of a workflow or a chatflow.
            include_state_snapshot: Whether to hear first what has happened so far.
            continue_on_pause: Whether the stream stays open while the run waits for a form.

        Raises:
            NotFoundError: No such run of this app.
        """
        ...

    @POST("/apps/{app_id}/tasks/{task_id}:stop", repeatable=True, since="1.16")
    def stop(self, app_id: str, task_id: str) -> Result:
        """End a run.

        Args:
            app_id: The app.
            task_id: The task, from the first event of its stream.
        """
        ...

    @POST.stream("/apps/{app_id}:run", stop=stop, resume=events, since="1.16")
    def stream(
        self,
        app_id: str,
        *,
        inputs: Inputs = {},
        query: str | None = None,
        files: Sequence[FileParam] | None = None,
        conversation_id: str | None = None,
        auto_generate_name: bool | None = None,
        workflow_id: str | None = None,
        workspace_id: str | None = None,
    ) -> AppRunning:
        """Run an app of any mode and follow it. The arguments are those of `run`."""
        ...

    @flow
    def run(
        self,
        app_id: str,
        *,
        inputs: Inputs = {},
        query: str | None = None,
        files: Sequence[FileParam] | None = None,
        conversation_id: str | None = None,
        auto_generate_name: bool | None = None,
        workflow_id: str | None = None,
        workspace_id: str | None = None,
    ) -> Steps[AppOutcome]:
        """Run an app of any mode and wait for its end. Servers only stream this; the stream is read to its end.

        Args:
            app_id: The app.
            inputs: Values of the app's variables.
            query: What the user says; needed by chats, refused by workflows.
            files: Files that go with it; `files.upload_and_reference` makes them.
            conversation_id: Goes on with a conversation.
            auto_generate_name: Whether a new conversation gets a title from the model; the server's default is to do so.
            workflow_id: A published version to use instead of the current one.
            workspace_id: The workspace that the app must belong to.

        Raises:
            NotFoundError: There is no such app or conversation.
            UnprocessableEntityError: An argument is refused; `params` names it.
            PermissionDeniedError: The app is not open to this.
        """
        return finished(
            Apps.stream,
            app_id,
            inputs=inputs,
            query=query,
            files=files,
            conversation_id=conversation_id,
            auto_generate_name=auto_generate_name,
            workflow_id=workflow_id,
            workspace_id=workspace_id,
        )


RunnableMode: TypeAlias = Literal["completion", "chat", "advanced-chat", "workflow", "agent-chat"]


class AppRow(Model):
    """An app in a list. `updated_at` is ISO 8601."""

    id: str
    name: str
    description: str | None = None
    mode: RunnableMode | str | None = None
    updated_at: str | None = None
    workspace_id: str | None = None
    workspace_name: str | None = None


class AppFacts(Model):
    """What an app is."""

    id: str
    name: str
    description: str | None = None
    mode: RunnableMode | str | None = None
    updated_at: str | None = None
    service_api_enabled: bool | None = None
    is_agent: bool | None = None


class AppDescription(Model):
    """An app: what it is, its parameters, and a JSON schema of its inputs. Parts that were not asked for are None."""

    info: AppFacts | None = None
    parameters: dict[str, Any] | None = None
    input_schema: dict[str, Any] | None = None
