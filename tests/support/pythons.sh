# Pythons of this machine: sourced by scripts.

# The version of the runtime that this template.yaml has by default, such as 3.14.
runtime_version() {
  sed -n 's/^ *Default: python\(3[.0-9]*\)$/\1/p' "$1"
}

# python_of VERSION: the path of a Python such as 3.14, on PATH or of pyenv, or nothing and status 1.
# It has to run: a version manager's shim may not.
python_of() {
  local candidate
  for candidate in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/"bin/python$1"; do
    if "$candidate" -c 'import venv' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  return 1
}
