from knowledge.importers.workbooks.streams import Allowance, Part, unescaped


class Texts(Part):
    """The texts that cells point at; how words are read aloud is no part of them."""

    def __init__(self, allowance: Allowance) -> None:
        super().__init__(allowance)
        self.texts: list[str] = []
        self.pieces: list[str] = []
        self.is_spoken = False

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            self.pieces = []
        elif name == "rPh":
            self.is_spoken = True
        elif name == "t" and not self.is_spoken:
            self.listen()

    def end(self, name: str) -> None:
        if name == "t" and not self.is_spoken:
            self.pieces.append(unescaped(self.heard()))
        elif name == "rPh":
            self.is_spoken = False
        elif name == "si":
            self.texts.append("".join(self.pieces))
