// `make routes` writes this list.
const POSTS_WITH_KEY = [];
