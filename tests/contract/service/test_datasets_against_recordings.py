"""The mock beside a live server, for knowledge: recorded requests get replies of the recorded shape.

It runs where `DIFY_RECORDINGS` names a folder of recordings.
"""

import json

import pytest

from contract import beside, recorded
from dify_mock import seed
from dify_mock.knowledge.indexing import finish, queue
from dify_mock.knowledge.intake import put_in
from dify_mock.knowledge.metadata import delete_field, rename_field, set_values, switch_built_ins
from dify_mock.knowledge.state import ExternalApi, ExternalBinding

if recorded.FOLDER is None:
    pytest.skip(recorded.NO_FOLDER, allow_module_level=True)

HQ, PARENTS, ECONOMY, ASKED = (
    "51ee5991-3322-4f35-bf3b-5245beb85982",
    "147b3080-67bc-4900-90bd-707a6e29dca7",
    "bb24a4ff-03c0-496a-aa72-61533775a30f",
    "083638f9-ec75-4ab0-84e4-d4c7728fd411",
)
FILLED, ELSEWHERE, CLOSED, TRASH, REBUILT = (
    "329d92d3-c251-44fd-b2f1-ea65d5af82c7",
    "6f5abbb1-a306-40fd-8d0e-1be012fd8f1f",
    "1dd9e4bb-e7be-4081-a993-9022592eac7e",
    "e894c47f-a0b1-4488-a628-cdac4a81ae15",
    "38cb7cef-e1ab-46b0-b840-78b1151d000f",
)
ONE, TWO, GUIDE, PARENT, PAIRS = (
    "ce26df22-d964-44fd-bc2e-5867fc412380",
    "7cc4d153-2409-406e-aa68-181faec8a76f",
    "4f273c29-b9e4-46d2-81b7-52d3a0dd3fbd",
    "a63575f8-5779-486b-a65e-4d29f3be651b",
    "74e3f429-9c19-40b0-8dee-8dca12571c8b",
)
OWLS, ANOTHER, FIRST_PARENT, MADE_CHILD = (
    "62711f0b-d350-42d2-bdc7-5df899b9b62d",
    "dfced919-a75d-445f-911f-22df65add94b",
    "829d8cf7-5b8c-4d7e-a88e-6b010215ded1",
    "d89da997-0738-4288-9856-8036acde9554",
)
WRITER, YEAR, WHEN = (
    "c1b87fe7-f333-468f-b5c9-b89640bf6cb4",
    "8eb18ce4-220b-4cfd-a1db-0df3f976ca43",
    "6bcb5128-2a87-41c4-955f-a70eb19d6cf8",
)
TAG_ONE, TAG_TWO = "0581c7f5-28fc-491a-a382-12d2d075c62a", "27603162-606c-4f3e-8286-069ebc8e0fa7"
API = "8fde8501-0082-4b52-a891-4ca1d00e2643"
NOW_BATCH, FILE_BATCH, OLD_FILE_BATCH, PARENT_BATCH, ECONOMY_BATCH, EMPTY_BATCH = (
    "20261120072458428965",
    "20261120072458862710",
    "20261120072458804201",
    "20261120072458305974",
    "20261120072700971924",
    "20261120072714270335",
)
TEXT = (
    "Dify is a platform for LLM apps.\n\nRecordings are useful. The quick brown fox jumps over the lazy dog.\n\n"
    "A third paragraph speaks about embeddings and vectors."
)
SEARCH = {"search_method": "semantic_search", "reranking_enable": False, "top_k": 3, "score_threshold_enabled": False}
CUSTOM = {
    "mode": "custom",
    "rules": {
        "pre_processing_rules": [{"id": "remove_extra_spaces", "enabled": True}, {"id": "remove_urls_emails", "enabled": False}],
        "segmentation": {"separator": "\n\n", "max_tokens": 200, "chunk_overlap": 20},
    },
}
FAMILIES = {
    "mode": "hierarchical",
    "rules": {**CUSTOM["rules"], "parent_mode": "paragraph", "subchunk_segmentation": {"separator": ".", "max_tokens": 100}},
}


class Scene(beside.Scene):
    """A world with the datasets of the recordings, everything in them indexed."""

    def __init__(self):
        super().__init__()
        self.key = self.dataset_key
        self.knowledge = self.mock.world.knowledge
        demo, filled = list(self.knowledge.datasets.values())
        self.knowledge.delete_dataset(demo)
        self.ids[FILLED] = filled.id
        self._elsewhere()
        self.dataset(CLOSED, "Closed")
        self.held(CLOSED).enable_api = False
        self._indexed_by_model()
        self.dataset(PARENTS, "Rec Minimal")
        self._families()
        self.dataset(ECONOMY, "Rec Economy", indexing_technique="economy", permission="all_team_members")
        self.text(ECONOMY, [ECONOMY_BATCH], "eco", TEXT, process_rule={"mode": "automatic"})
        self.dataset(ASKED, "Rec QA", indexing_technique="high_quality")
        self.text(ASKED, [PAIRS], "qa", TEXT, doc_form="qa_model", process_rule={"mode": "automatic"})
        self.dataset(REBUILT, "Rebuilt", indexing_technique="high_quality", retrieval_model=SEARCH)
        self.dataset(TRASH, "Trash")
        for recorded_id, name in ((TAG_ONE, "tag-1"), (TAG_TWO, "tag-two")):
            self.ids[recorded_id] = self.post("/v1/datasets/tags", json={"name": name})["id"]

    def _elsewhere(self):
        self.knowledge.external_apis[API] = ExternalApi(API, "ext2", "http://127.0.0.1:5002/ext", "ext-key", "owner", 0)
        elsewhere = seed.add_dataset(self.mock.world, "Rec External", provider="external", external=ExternalBinding(API, "kb-1"))
        elsewhere.updated_by = None
        self.ids[ELSEWHERE] = elsewhere.id

    def _indexed_by_model(self):
        self.dataset(HQ, "Rec HQ", indexing_technique="high_quality", retrieval_model=SEARCH)
        self.text(HQ, [ONE, NOW_BATCH], "doc one", TEXT, process_rule=CUSTOM)
        self.text(HQ, [TWO], "doc two", f"{TEXT} second", process_rule={"mode": "automatic"})
        self.file(HQ, [GUIDE, FILE_BATCH, OLD_FILE_BATCH], "guide.md", b"# Guide\n\nSome words here.\n\n## More\n\nEven more words.")
        path = f"/v1/datasets/{self.ids[HQ]}/documents/{self.ids[ONE]}/segments"
        made = [{"content": "A hand made chunk about owls.", "keywords": ["owl", "hand"]}, {"content": "Another chunk."}]
        self.ids[OWLS], self.ids[ANOTHER] = (one["id"] for one in self.post(path, json={"segments": made})["data"])

    def _families(self):
        told = {"doc_form": "hierarchical_model", "indexing_technique": "high_quality", "process_rule": FAMILIES}
        document = self.text(PARENTS, [PARENT, PARENT_BATCH], "parents", TEXT, **told)
        self.ids[FIRST_PARENT] = document.in_order[0].id
        path = f"/v1/datasets/{self.ids[PARENTS]}/documents/{document.id}/segments/{document.in_order[0].id}/child_chunks"
        self.ids[MADE_CHILD] = self.post(path, json={"content": "a made child"})["data"]["id"]

    def dataset(self, recorded_id, name, **told):
        self.ids[recorded_id] = self.post("/v1/datasets", json={"name": name, **told})["id"]

    def text(self, dataset, recorded_ids, name, text, **told):
        path = f"/v1/datasets/{self.ids[dataset]}/document/create-by-text"
        return self._kept(dataset, recorded_ids, self.post(path, json={"name": name, "text": text, **told}))

    def file(self, dataset, recorded_ids, name, content):
        path = f"/v1/datasets/{self.ids[dataset]}/document/create-by-file"
        data = {"data": json.dumps({"process_rule": {"mode": "automatic"}})}
        self._kept(dataset, recorded_ids, self.post(path, files={"file": (name, content, "text/markdown")}, data=data))

    def _kept(self, dataset, recorded_ids, made):
        document = self.held(dataset).documents[made["document"]["id"]]
        finish(self.mock.world, self.held(dataset), document)
        self.ids |= {one: document.id if "-" in one else made["batch"] for one in recorded_ids}
        return document

    def held(self, recorded_id):
        return self.knowledge.datasets[self.ids[recorded_id]]


def nothing(scene):
    """The scene is right as it is."""


def nobody_was_here(scene):
    for dataset in list(scene.knowledge.datasets.values()):
        scene.knowledge.delete_dataset(dataset)


def without(*recorded_ids):
    return lambda scene: [scene.knowledge.delete_dataset(scene.held(one)) for one in recorded_ids]


def no_documents(scene):
    scene.held(HQ).documents.clear()
    scene.held(HQ).data_source_type = None


def wrong_key(scene):
    scene.dataset_key = "dataset-wrong"


def being_split(scene):
    queue(scene.mock.world, scene.held(HQ).documents[scene.ids[ONE]])
    scene.mock.clock.advance(1.5)


def empty_document(scene):
    scene.text(HQ, [EMPTY_BATCH], "empty", "", process_rule={"mode": "automatic"})


def fields(scene):
    for recorded_id, name, kind in ((WRITER, "author", "string"), (YEAR, "year", "number"), (WHEN, "when", "time")):
        scene.ids[recorded_id] = scene.post(f"/v1/datasets/{scene.ids[HQ]}/metadata", json={"type": kind, "name": name})["id"]


def described(scene):
    """One document says something, all say what is built in."""
    fields(scene)
    dataset = scene.held(HQ)
    rename_field(dataset, dataset.fields[scene.ids[WRITER]], "writer")
    switch_built_ins(dataset, on=True)
    values = [("writer", "Ann"), ("year", 2024), ("when", 1700000000)]
    set_values(dataset, dataset.documents[scene.ids[ONE]], values, partial=False)


def described_alone(scene):
    described(scene)
    for document in scene.held(HQ).documents.values():
        document.metadata = document.metadata if document.id == scene.ids[ONE] else {}


def no_longer_built_in(scene):
    described(scene)
    switch_built_ins(scene.held(HQ), on=False)
    delete_field(scene.held(HQ), scene.held(HQ).fields[scene.ids[WHEN]])


def long_after(scene):
    no_longer_built_in(scene)
    without(FILLED, ELSEWHERE, CLOSED, REBUILT, TRASH)(scene)


def tagged(scene):
    told = {"tag_ids": [scene.ids[TAG_ONE], scene.ids[TAG_TWO]], "target_id": scene.ids[HQ]}
    scene.post("/v1/datasets/tags/binding", json=told)


def filled(scene):
    dataset = scene.held(FILLED)
    for content in ("Owls hoot.", "Two", "Dogs bark."):
        document = put_in(
            scene.mock.world, dataset, "facts.txt", {"content": content}, source_type="local_file", created_from="rag-pipeline"
        )
        finish(scene.mock.world, dataset, document)


# Recorded names, and what has happened before; what is not named is asked of the scene as it is.
BEFORE = {
    "service.auth.wrong_dataset_key": wrong_key,
    "service.ds.list_limit_1000": long_after,
    "service.ds.doc_list_bad_status": described_alone,
    "service.ds.doc_list_limit_500": described_alone,
    "datasets.list_empty": nobody_was_here,
    "datasets.create_economy": without(ECONOMY),
    "datasets.list_keyword": no_documents,
    "datasets.update": no_documents,
    "documents.indexing_status_now": being_split,
    "documents.indexing_status_empty_text": empty_document,
    "documents.list_after": described_alone,
    "metadata.rename": fields,
    "metadata.documents_partial": fields,
    "metadata.list": described,
    "metadata.built_in_disable": described,
    "metadata.delete": described,
    "retrieve.metadata_filter": described,
    "retrieve.hybrid": no_longer_built_in,
    "retrieve.pipeline": filled,
    "tags.of_dataset": tagged,
    "tags.unbind_single": tagged,
}
ROWS = [row for row in recorded.rows() if row.told["tier"] == "service" and row.told["url"].startswith("/v1/datasets")]


def the_scene_of(row):
    scene = Scene()
    BEFORE.get(row.told["name"], nothing)(scene)
    return scene


def test_every_name_of_the_table_is_recorded():
    assert BEFORE.keys() <= {row.told["name"] for row in ROWS}


@pytest.mark.parametrize("row", [row for row in ROWS if not row.is_stream], ids=lambda row: row.id)
def test_a_reply_has_the_recorded_shape(row):
    beside.check_reply(the_scene_of(row).ask(row), row)


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_stream], ids=lambda row: row.id)
def test_a_stream_has_the_recorded_events(row):
    reply = the_scene_of(row).ask(row)
    assert (reply.status_code, reply.headers["content-type"]) == (200, row.told["response_headers"]["content-type"])
    assert beside.events(reply.content) == beside.events(row.body)
