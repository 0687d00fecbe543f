"""Nobody's name, address or number stands in what colleagues said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from departments.masking import Masks, masked, parts_of_names

NAMES = parts_of_names(
    ["Noor Ashgrove-Lind", "José Núñez", "Will Price", "Bo Li", "Ruth O'Hara", ""]
)
MASKS = Masks(name="[name]", email="[e-mail]", number="[number]")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Noor has to agree.", "[name] has to agree."),
        ("noor has to agree.", "[name] has to agree."),
        ("Ask Noor Ashgrove-Lind.", "Ask [name]."),
        ("NOOR’s team", "[name]’s team"),
        ("Jose knows, and nunez too", "[name] knows, and [name] too"),
        ("[Noor] and (Lind)", "[[name]] and ([name])"),
        ("Ruth O'Hara and Noor", "[name] O'[name] and [name]"),
        ("Will says so", "[name] says so"),
        ("It will hold, at a fair price", "It will hold, at a fair price"),
        ("Bo and Li, but an old bo", "[name] and [name], but an old bo"),
        ("Noorani is a street", "Noorani is a street"),
        ("Write to n.lind@wrenfield.example now", "Write to [e-mail] now"),
        ("Ring 020 7946 0958", "Ring [number]"),
        ("Ring +44 (20) 7946-0958.", "Ring [number]."),
        ("Account 12345678", "Account [number]"),
        ("£50 in 3 days, 83,010 customers", "£50 in 3 days, 83,010 customers"),
        ("", ""),
    ],
)
def test_what_names_somebody_is_masked(said: str, shown: str) -> None:
    assert masked(said, NAMES, MASKS) == shown


def test_a_word_of_the_mask_is_no_name() -> None:
    assert masked("Noor", parts_of_names(["Noor", "Name Mail"]), MASKS) == "[name]"


@given(
    before=st.text(alphabet=" .,!\n-", min_size=1, max_size=3),
    name=st.sampled_from(["Noor", "NÚÑEZ", "ashgrove", "Lind"]),
    after=st.text(alphabet=" .,!\n'’-", min_size=1, max_size=3),
)
def test_a_name_is_masked_whatever_stands_beside_it(before: str, name: str, after: str) -> None:
    assert name not in masked(f"Ask{before}{name}{after}today", NAMES, MASKS)
