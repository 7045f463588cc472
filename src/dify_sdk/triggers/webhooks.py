"""Triggers: webhooks of workflows."""

from __future__ import annotations

from .._endpoint import DELETE, GET, PATCH, POST, PUT, M, Resource
from .._params import OMIT, AnyContent, AnyFiles, AnyForm, AnyHeaders, AnyJSON, AnyQuery
from .._replies import Reply


class Webhooks(Resource[M], area="triggers.webhooks", key="none"):
    """Addresses that start a workflow. Which verb, what query, headers and body it wants is said in its trigger node."""

    @POST.reply("/webhook/{webhook_id}", repeatable=False, runs=True, since="1.13")
    def post(
        self,
        webhook_id: str,
        *,
        json: AnyJSON = OMIT,
        form: AnyForm | None = None,
        files: AnyFiles | None = None,
        content: AnyContent | None = None,
        query: AnyQuery | None = None,
        headers: AnyHeaders | None = None,
    ) -> Reply:
        """Call a webhook of a published workflow: a run begins. It is sent once, whatever the answer.

        Args:
            webhook_id: The webhook; whoever has it may call.
            json: The body, as JSON; None is `null`.
            form: The body, as fields of a form.
            files: Files beside the fields, each a path, bytes, an open file or `(name, content, type)`.
            content: The body as it is, text or bytes; its media type is a header.
            query: What stands behind the address; a list is repeated.
            headers: Headers of the request.

        Raises:
            ConfigurationError: There are two bodies, or a header cannot travel.
            BadRequestError: The trigger wants another verb, or something is missing.
            NotFoundError: There is no such webhook.
            PayloadTooLargeError: The body is too large.
            RateLimitError: The workspace has no runs left.
        """
        ...

    get = post.by(GET)
    put = post.by(PUT)
    patch = post.by(PATCH)
    delete = post.by(DELETE)


class DebugWebhooks(Resource[M], area="triggers.debug_webhooks", key="none"):
    """The same addresses for workflows that are still drafts: the editor must be listening."""

    @POST.reply("/webhook-debug/{webhook_id}", repeatable=False, runs=True, since="1.13")
    def post(
        self,
        webhook_id: str,
        *,
        json: AnyJSON = OMIT,
        form: AnyForm | None = None,
        files: AnyFiles | None = None,
        content: AnyContent | None = None,
        query: AnyQuery | None = None,
        headers: AnyHeaders | None = None,
    ) -> Reply:
        """Call a webhook of a draft: the run that the editor waits for begins. It is sent once, whatever the answer.

        Args:
            webhook_id: The webhook; whoever has it may call.
            json: The body, as JSON; None is `null`.
            form: The body, as fields of a form.
            files: Files beside the fields, each a path, bytes, an open file or `(name, content, type)`.
            content: The body as it is, text or bytes; its media type is a header.
            query: What stands behind the address; a list is repeated.
            headers: Headers of the request.

        Raises:
            ConfigurationError: There are two bodies, or a header cannot travel.
            BadRequestError: The trigger wants another verb, or something is missing.
            NotFoundError: There is no such webhook.
            ConflictError: Nobody is listening.
            PayloadTooLargeError: The body is too large.
        """
        ...

    get = post.by(GET)
    put = post.by(PUT)
    patch = post.by(PATCH)
    delete = post.by(DELETE)
