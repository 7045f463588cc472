"""Fields of a dataset live and die with their values on its documents."""

from dify_mock import seed
from dify_mock.knowledge import intake
from dify_mock.knowledge.metadata import BUILT_IN, bound, delete_field, rename_field, set_values, switch_built_ins
from dify_mock.knowledge.state import MetadataField
from dify_mock.world import World


class Scene:
    """A dataset with a field and two documents; one of them has a value."""

    def __init__(self):
        self.world = World()
        self.dataset = seed.add_dataset(self.world, "Scene")
        intake.settle_technique(self.dataset, "high_quality")
        self.one, self.two = (seed.put_text(self.world, self.dataset, name, name) for name in ("one", "two"))
        self.field = MetadataField("f", "author", "string")
        self.dataset.fields["f"] = self.field
        set_values(self.dataset, self.one, [("author", "Ann"), ("year", 2024)], partial=False)


def test_a_value_binds_its_document():
    scene = Scene()
    assert bound(scene.dataset, scene.field) == [scene.one]
    assert scene.two.metadata is None


def test_what_is_not_named_is_gone_unless_the_change_is_partial():
    scene = Scene()
    set_values(scene.dataset, scene.one, [("year", 2025)], partial=True)
    assert scene.one.metadata == {"author": "Ann", "year": 2025}
    set_values(scene.dataset, scene.one, [("year", 2026)], partial=False)
    assert scene.one.metadata == {"year": 2026}


def test_a_renamed_field_keeps_its_values():
    scene = Scene()
    rename_field(scene.dataset, scene.field, "writer")
    assert scene.one.metadata == {"writer": "Ann", "year": 2024}
    assert bound(scene.dataset, scene.field) == [scene.one]


def test_a_deleted_field_takes_its_values_along():
    scene = Scene()
    delete_field(scene.dataset, scene.field)
    assert scene.one.metadata == {"year": 2024}
    assert scene.dataset.fields == {}


def test_built_in_fields_fill_themselves_and_come_and_go_together():
    scene = Scene()
    switch_built_ins(scene.dataset, on=True)
    assert scene.two.metadata == {
        "document_name": "two",
        "uploader": "Admin",
        "upload_date": float(scene.two.created_at),
        "last_update_date": float(scene.two.updated_at),
        "source": "file_upload",
    }
    set_values(scene.dataset, scene.one, [("year", 1)], partial=False)
    assert scene.one.metadata.keys() == {"year", *BUILT_IN}
    assert seed.put_text(scene.world, scene.dataset, "three", "x").metadata["document_name"] == "three"
    switch_built_ins(scene.dataset, on=False)
    assert (scene.one.metadata, scene.two.metadata) == ({"year": 1}, {})
