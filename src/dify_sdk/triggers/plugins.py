"""Triggers: endpoints of plugins."""

from __future__ import annotations

from .._endpoint import DELETE, GET, PATCH, POST, PUT, M, Resource
from .._params import OMIT, AnyContent, AnyFiles, AnyForm, AnyHeaders, AnyJSON, AnyQuery
from .._replies import Reply


class Plugins(Resource[M], area="triggers.plugins", key="none"):
    """Addresses that plugins listen at, for a workspace that has subscribed to what they tell."""

    @POST.reply("/plugin/{endpoint_id}", repeatable=False, runs=True, since="1.13")
    def post(
        self,
        endpoint_id: str,
        *,
        json: AnyJSON = OMIT,
        form: AnyForm | None = None,
        files: AnyFiles | None = None,
        content: AnyContent | None = None,
        query: AnyQuery | None = None,
        headers: AnyHeaders | None = None,
    ) -> Reply:
        """Call a plugin's endpoint; the reply is the plugin's own. It is sent once, whatever the answer.

        Args:
            endpoint_id: The endpoint, a UUID; whoever has it may call.
            json: The body, as JSON; None is `null`.
            form: The body, as fields of a form.
            files: Files beside the fields, each a path, bytes, an open file or `(name, content, type)`.
            content: The body as it is, text or bytes; its media type is a header.
            query: What stands behind the address; a list is repeated.
            headers: Headers of the request; a signature that the plugin checks is one.

        Raises:
            ConfigurationError: There are two bodies, or a header cannot travel.
            BadRequestError: The plugin refuses.
            NotFoundError: There is no such endpoint.
            InternalServerError: The plugin failed.
        """
        ...

    get = post.by(GET)
    put = post.by(PUT)
    patch = post.by(PATCH)
    delete = post.by(DELETE)
