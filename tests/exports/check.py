#!/usr/bin/env python3
"""Reads the files for reference managers of built editions with readers that are not ours.

    check.py SCHEMA FOLDER...

Every `.csl.json` is checked against the schema of CSL, every `.bib` is read by pybtex, every `.ris` by rispy. Says how many of each, and
fails when there is none of a kind, when one cannot be read, or when the three disagree about titles.
"""
import json
import pathlib
import sys

import jsonschema
import pybtex.database
import rispy

PLAIN = {
    "{\\textbackslash}": "\\", "{\\textbraceleft}": "{", "{\\textbraceright}": "}", "{\\textasciitilde}": "~",
    "{\\textasciicircum}": "^", "\\%": "%", "\\&": "&", "\\#": "#", "\\$": "$", "\\_": "_",
}


def plain(text):
    """The words of a field of BibLaTeX."""
    text = text.strip()
    while text.startswith("{") and text.endswith("}") and not text.startswith("{\\"):
        text = text[1:-1]
    for command, letter in PLAIN.items():
        text = text.replace(command, letter)
    return " ".join(text.split())


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    counts = {"csl.json": 0, "bib": 0, "ris": 0}
    wrong = []
    for folder in map(pathlib.Path, sys.argv[2:]):
        for path in sorted(folder.rglob("*.csl.json")):
            stem = path.name.removesuffix(".csl.json")
            items = json.loads(path.read_text(encoding="utf-8"))
            for error in validator.iter_errors(items):
                wrong.append(f"{path}: {error.json_path}: {error.message}")
            counts["csl.json"] += len(items)
            titles = [" ".join(item.get("title", "").split()) for item in items]
            bib = path.with_name(f"{stem}.bib")
            if bib.exists():
                entries = pybtex.database.parse_file(bib, bib_format="bibtex").entries
                counts["bib"] += len(entries)
                if [plain(entry.fields.get("title", "")) for entry in entries.values()] != titles:
                    wrong.append(f"{bib}: other titles than {path.name}")
            ris = path.with_name(f"{stem}.ris")
            if ris.exists():
                records = rispy.loads(ris.read_text(encoding="utf-8"))
                counts["ris"] += len(records)
                if [" ".join(record.get("title", record.get("primary_title", "")).split()) for record in records] != titles:
                    wrong.append(f"{ris}: other titles than {path.name}")
    print(", ".join(f"{count} in .{kind}" for kind, count in counts.items()))
    wrong.extend(f"no .{kind} was found" for kind, count in counts.items() if count == 0)
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
