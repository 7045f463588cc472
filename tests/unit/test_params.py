"""The markers that an annotation may carry."""

import copy
import pickle

from dify_sdk import OMIT
from dify_sdk._params import Within


def test_omit_is_one_object_wherever_it_comes_from():
    assert copy.deepcopy(OMIT) is OMIT
    assert pickle.loads(pickle.dumps(OMIT)) is OMIT


def test_omit_shows_as_its_name_in_signatures():
    assert repr(OMIT) == "OMIT"


def test_markers_can_be_compared():
    assert Within(1, 100) == Within(least=1, most=100)
