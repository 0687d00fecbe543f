import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.branding import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    READABLE,
    AccentTokens,
    ThemeAccent,
    accent_tokens,
    contrast,
    custom_properties,
    worst_contrast,
)

any_colour = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def themes(tokens: AccentTokens) -> list[tuple[ThemeAccent, tuple[str, ...]]]:
    return [(tokens.light, LIGHT_GROUNDS), (tokens.dark, DARK_GROUNDS)]


@given(any_colour)
def test_words_in_any_accent_can_be_read_on_every_ground(colour: str) -> None:
    for theme, grounds in themes(accent_tokens(colour)):
        assert worst_contrast(theme.accent, (*grounds, theme.accent_soft)) >= READABLE


@given(any_colour)
def test_a_hovered_link_of_any_accent_can_be_read_on_every_ground(colour: str) -> None:
    for theme, grounds in themes(accent_tokens(colour)):
        assert worst_contrast(theme.accent_hover, grounds) >= READABLE


@given(any_colour)
def test_words_on_a_button_of_any_accent_can_be_read(colour: str) -> None:
    for theme, _grounds in themes(accent_tokens(colour)):
        assert worst_contrast(theme.on_accent, (theme.accent, theme.accent_hover)) >= READABLE


@given(any_colour)
def test_the_header_line_of_any_accent_can_be_seen(colour: str) -> None:
    for theme, grounds in themes(accent_tokens(colour)):
        assert contrast(theme.accent_line, grounds[0]) >= 1.3


@given(any_colour)
def test_a_hovered_accent_always_differs_from_a_resting_one(colour: str) -> None:
    for theme, _grounds in themes(accent_tokens(colour)):
        assert theme.accent != theme.accent_hover


@given(any_colour)
def test_a_colour_moves_only_when_it_is_too_light_for_words(colour: str) -> None:
    tokens = accent_tokens(colour)
    assert tokens.moved == (tokens.contrast < READABLE)


@pytest.mark.parametrize("written", ["#0b5c5e", "#0B5C5E"])
def test_the_default_accent_gives_the_printed_palette(written: str) -> None:
    tokens = accent_tokens(written)
    assert tokens.light == ThemeAccent("#0b5c5e", "#08484a", "#ddeeec", "#ffffff", "#0b5c5e")
    assert tokens.dark == ThemeAccent("#6cc5bf", "#8ad6d1", "#17383a", "#14171a", "#6cc5bf")


def test_a_neighbour_of_the_default_accent_looks_like_the_default() -> None:
    tuned, computed = accent_tokens("#0b5c5e"), accent_tokens("#0b5c5f")
    assert contrast(tuned.dark.accent, computed.dark.accent) < 1.1
    assert contrast(tuned.light.accent_hover, computed.light.accent_hover) < 1.1


def test_a_yellow_keeps_its_header_line_and_darkens_its_words() -> None:
    tokens = accent_tokens("#ffc533")
    assert tokens.moved
    assert tokens.light.accent_line == "#ffc533"
    assert tokens.light.accent != "#ffc533"


def test_a_dark_blue_stays_as_it_was_chosen_on_paper() -> None:
    tokens = accent_tokens("#123a8c")
    assert not tokens.moved
    assert tokens.light.accent == "#123a8c"


@pytest.mark.parametrize("wrong", ["", "teal", "#fff", "0b5c5e", "#0b5c5e;", "#0b5c5g"])
def test_what_is_not_a_hex_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a colour"):
        accent_tokens(wrong)


def test_each_custom_property_carries_both_themes() -> None:
    assert custom_properties(accent_tokens("#0b5c5e")) == (
        "--accent: light-dark(#0b5c5e, #6cc5bf); "
        "--accent-hover: light-dark(#08484a, #8ad6d1); "
        "--accent-soft: light-dark(#ddeeec, #17383a); "
        "--on-accent: light-dark(#ffffff, #14171a); "
        "--accent-line: light-dark(#0b5c5e, #6cc5bf);"
    )
