"""Every resource and its methods."""

METHODS: dict[str, tuple[str, ...]] = {
    "/written": ("by", "make routes"),
}
