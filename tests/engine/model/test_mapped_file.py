"""Arrays of a file are read where they lie, and a file that holds none is refused."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from safetensors.numpy import save

from engine.model.mapped_file import arrays_in, let_go, map_file

ARRAYS = {
    "numbers": np.arange(7, dtype=np.uint16),
    "table": np.arange(6, dtype=np.float32).reshape(2, 3),
    "wide": np.array([1 << 60], np.uint64),
    "none": np.empty(0, np.int32),
}


@pytest.fixture
def path(tmp_path):
    (tmp_path / "arrays").write_bytes(save(ARRAYS, metadata={"made": "here"}))
    return tmp_path / "arrays"


def test_arrays_are_as_they_were_written_and_cannot_be_changed(path):
    content = map_file(path)
    read = arrays_in(content)
    let_go(content)  # they come back from the file
    assert read.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(read[name], array, strict=True)
        assert not read[name].flags.writeable


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is mapped cannot be removed there")
def test_arrays_outlive_the_name_of_their_file(path):
    read = arrays_in(map_file(path))
    path.unlink()
    np.testing.assert_array_equal(read["table"], ARRAYS["table"])


def test_an_empty_file_is_refused(path):
    path.write_bytes(b"")
    with pytest.raises(ValueError, match="empty"):
        map_file(path)


@pytest.mark.parametrize(
    "entry",
    [
        {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]},
        {"dtype": "F32", "shape": [100], "data_offsets": [0, 400]},
        {"dtype": "F32", "shape": [-1], "data_offsets": [4, 0]},
        {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]},
        {"dtype": "O", "shape": [1], "data_offsets": [0, 8]},
        {"dtype": "F32", "shape": [1]},
        {"dtype": "F32", "shape": 1, "data_offsets": [0, 4]},
        "no entry",
        None,
    ],
)
def test_an_array_that_does_not_lie_in_its_file_is_refused(path, entry):
    header = json.dumps({"a": entry}).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(8))
    with pytest.raises((ValueError, KeyError, TypeError)):
        arrays_in(map_file(path))
