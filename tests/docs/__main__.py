"""Makes the made parts of the pages anew; read what it changed before it is kept."""

from tests.docs.made import ROOT, made, pages

if __name__ == "__main__":
    for page in pages():
        (ROOT / page).write_text(made(page), encoding="utf-8")
