# Programs that are newer than this Debian, for tests: sourced by scripts that unpack one into a
# folder. Nothing is installed, and no right of root is needed. The packages and their libraries come
# from Debian's unstable suite and from the mirror that this machine is set up for, through apt with
# lists of its own. They need a newer C library than the machine has, so they are started by the
# loader of the one that came with them.

# knows_mirror_or_says SENTENCE: status 1, and the sentence after the reason, if apt knows none.
knows_mirror_or_says() {
  if [ -z "$(_debian_mirror 2>/dev/null || true)" ]; then
    echo "apt knows no mirror of Debian here (try apt-get update). On another system, $1" >&2
    return 1
  fi
}

# unpack_from_unstable FOLDER PACKAGE...: into FOLDER/root.
unpack_from_unstable() {
  local folder=$1
  shift
  rm -rf "$folder/apt" "$folder/root"
  mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial"
  : >"$folder/apt/status"
  echo "deb $(_debian_keys) $(_debian_mirror) unstable main" >"$folder/apt/sources.list"
  _unstable "$folder" update
  _unstable "$folder" --yes --no-install-recommends --download-only install "$@"
  _extract "$folder"
  rm -r "$folder/apt"
}

# The loader of the C library in FOLDER/root; the libraries lie beside it.
loader_of() {
  find "$1/root/usr/lib" -name 'ld-linux*.so.*' -path '*-linux-gnu*' -print -quit
}

# The mirror that this machine takes Debian from.
_debian_mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' |
    sed -n 1p
}

# The keys of Debian's archive: the file's name ends in .pgp since Debian 14.
_debian_keys() {
  local file
  for file in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    if [ -e "$file" ]; then echo "[signed-by=$file]" && return; fi
  done
}

# _unstable FOLDER APT-COMMAND...: apt, which knows that suite alone, and no installed package.
_unstable() {
  local folder=$1
  shift
  local options=(
    -o "Dir::Etc::SourceList=$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$folder/apt/lists" -o "Dir::State::Status=$folder/apt/status"
    -o "Dir::Cache=$folder/apt/cache" -o Acquire::Languages=none -o Debug::NoLocking=1
  )
  apt-get -qq "${options[@]}" "$@"
}

_extract() {
  local folder=$1 package
  for package in "$folder"/apt/cache/archives/*.deb; do
    case ${package##*/} in
      *perl*) ;; # for scripts that nobody runs here
      *) dpkg-deb --extract "$package" "$folder/root" ;;
    esac
  done
}
