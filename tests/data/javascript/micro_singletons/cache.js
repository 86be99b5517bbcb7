class Cache { static #one; static shared() { return (Cache.#one ||= new Cache()); } get(k) { return load(k); } }
function load(k) {}
exports.Cache = Cache;
exports.cache = Cache.shared();
