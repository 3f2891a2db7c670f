"""Where the project's own files are. Nothing else works out a project path for itself."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
DBT_PROJECT = ROOT / "dbt_project"
REFERENCE = ROOT / "seeds" / "reference"
"""The lists of words and names that ship: titles, verbs, outlets, agencies, spellings."""
