from paragraphs.layout import block, columns, wrap


def test_nothing_is_no_line():
    assert wrap("", 5) == []
    assert wrap("  \n ", 5) == []
    assert columns("", "", 3) == []
    assert block("", 4) == []


def test_all_words_are_kept():
    text = "one two three four five six seven"
    assert " ".join(wrap(text, 11)) == text
