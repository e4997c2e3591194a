"""The local cloud: what Netlify, AWS and Stytch are to Latchkey, on one machine, offline.

- `commands`, `doctor`, `build`: what `python -m local <command>` runs.
- `cloud`: starts and stops everything; `dev_pages` shows it, `cloud_summary` is what they show.
- `stytch`, `identity`: the emulators, alike in their files; `aws`, `netlify`, `database`: the rest.
- `kit`: what several of these use.
- `settings`, `state_dir`: what was set, and the folder that holds all state; `stack`: which folder.
- `bootstrap`: makes `.venv`; `dev.py` uses it. `screen`: what a terminal shows meanwhile.
"""
